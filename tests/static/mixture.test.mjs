import assert from "node:assert/strict";
import { test } from "node:test";

import { after, corners, mixture, percents, place, shares } from "../../app/demos/style_transfer/mixture.js";

const near = (a, b, words) => a.forEach((value, i) => assert.ok(Math.abs(value - b[i]) < 1e-9, words ?? `${a} is not ${b}`));
const sum = (list) => list.reduce((total, value) => total + value, 0);
const random = (count) => shares(Array.from({ length: count }, () => Math.random()));

test("a mixture's place gives the mixture back", () => {
  for (const count of [2, 3]) for (let i = 0; i < 100; i++) {
    const weights = random(count);
    near(mixture(place(weights), count), weights);
  }
});

test("a corner is its style alone, the middle all alike", () => {
  for (const count of [2, 3]) {
    corners(count).forEach((corner, i) => near(mixture(corner, count), Array.from({ length: count }, (_, j) => Number(i === j))));
    near(shares(Array(count).fill(0)), Array(count).fill(1 / count));
    near(place(Array(count).fill(1)), corners(count)[0].map((_, axis) => sum(corners(count).map((corner) => corner[axis])) / count));
  }
});

test("outside there is still a mixture: nothing is negative, and all is shared out", () => {
  for (const count of [2, 3]) for (let i = 0; i < 100; i++) {
    const mixed = mixture([4 * Math.random() - 2, 4 * Math.random() - 2], count);
    assert.ok(mixed.every((share) => share >= 0));
    assert.ok(Math.abs(sum(mixed) - 1) < 1e-9);
  }
});

test("arrow keys reach every corner and never leave", () => {
  for (const [key, corner, count] of [["ArrowRight", 1, 3], ["ArrowUp", 2, 3], ["ArrowRight", 1, 2], ["ArrowLeft", 0, 2]]) {
    let weights = Array(count).fill(1);
    for (let i = 0; i < 30; i++) weights = after(key, weights);
    near(weights, Array.from({ length: count }, (_, j) => Number(j === corner)));
  }
  near(after("ArrowRight", [0.2, 0.4, 0.4]), [0.55 / 3, 0.45, 1.1 / 3]);
  assert.equal(after("Enter", [1, 1]), null);
});

test("percents are whole and sum to a hundred", () => {
  assert.deepEqual(percents([1, 1, 1]), [34, 33, 33]);
  for (let i = 0; i < 100; i++) assert.equal(sum(percents(random(3))), 100);
});
