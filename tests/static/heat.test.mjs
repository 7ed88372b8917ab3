import assert from "node:assert/strict";
import { test } from "node:test";

import { after, cellAt, corner, likeness, strongest } from "../../app/demos/gram_matrix/heat.js";

test("a place in the square is a cell, its edges and what is outside too", () => {
  assert.deepEqual(cellAt(0, 0, 320, 32), [0, 0]);
  assert.deepEqual(cellAt(15, 309, 320, 32), [30, 1]);
  assert.deepEqual(cellAt(320, -9, 320, 32), [0, 31]);
});

test("arrow keys walk rows and columns, and stay within", () => {
  assert.deepEqual(after("ArrowDown", [0, 0], 2), [1, 0]);
  assert.deepEqual(after("ArrowDown", [1, 0], 2), [1, 0]);
  assert.deepEqual(after("ArrowLeft", [1, 1], 2), [1, 0]);
  assert.equal(after("Tab", [0, 0], 2), null);
});

test("the strongest pair is of two different maps", () => {
  assert.deepEqual(strongest([9, 1, 2, 1, 9, 5, 2, 5, 9], 3), [1, 2]);
  assert.deepEqual(strongest([4], 1), [0, 0]);
});

test("maps are alike by how they fire, not by how brightly", () => {
  const maps = [[1, 2, 0, 4], [10, 20, 0, 40], [0, 0, 7, 0]];
  const gram = maps.flatMap((a) => maps.map((b) => a.reduce((sum, value, k) => sum + value * b[k], 0) / 4));
  assert.ok(Math.abs(likeness(gram, 3, [0, 1]) - 1) < 1e-12);
  assert.equal(likeness(gram, 3, [0, 2]), 0);
  assert.equal(likeness([0, 0, 0, 1], 2, [0, 1]), 0, "a map that never fires is like none");
});

test("maps stand on their sheet row by row", () => {
  assert.deepEqual([0, 5, 6, 13].map((map) => corner(map, 6, [100, 70])), [[0, 0], [500, 0], [0, 70], [100, 140]]);
});
