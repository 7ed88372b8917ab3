import assert from "node:assert/strict";
import { test } from "node:test";

import { edges } from "../../app/demos/style_transfer/outline.js";

test("an outline runs on both sides of an area's edge, and nowhere else", () => {
  const inside = ["....", ".##.", ".##.", "...."].flatMap((row) => [...row].map((sign) => sign === "#"));
  assert.deepEqual(edges(inside, 4, 4), [0, 2, 2, 0, 2, 1, 1, 2, 2, 1, 1, 2, 0, 2, 2, 0]);
});

test("the border of the picture is no edge", () => {
  assert.deepEqual(edges(Array(9).fill(true), 3, 3), Array(9).fill(0));
  assert.deepEqual(edges([true, false], 2, 1), [1, 2]);
});
