import assert from "node:assert/strict";
import { test } from "node:test";

import { anchorLoss, boxLoss, classLoss, FAINT, focalLoss, moved, sigmoid } from "../../app/demos/detection/loss.js";
import { IGNORED, NOTHING } from "../../app/demos/detection/matching.js";

const logit = (score) => Math.log(score / (1 - score));

test("offsets of nothing leave an anchor where it stands; one of ten moves it by its own width", () => {
  assert.deepEqual(moved([50, 40, 20, 10], [0, 0, 0, 0]), [40, 35, 60, 45]);
  assert.deepEqual(moved([50, 40, 20, 10], [10, 0, 0, 0]), [60, 35, 80, 45]);
  const [x0, , x1] = moved([50, 40, 20, 10], [0, 0, 1000, 0]);
  assert.ok(x1 - x0 < 20 * 55, "nothing grows without end");
});

test("a right answer costs nothing, and an easy mistake less than a sure one", () => {
  assert.ok(focalLoss(20, 1) < 1e-9 && focalLoss(-20, 0) < 1e-9);
  assert.ok(focalLoss(logit(0.1), 0) < focalLoss(logit(0.5), 0) / 50);
  assert.equal(focalLoss(logit(0.3), 0.3) < 1e-9, true);
  assert.ok(Number.isFinite(focalLoss(1000, 0)) && Number.isFinite(focalLoss(-1000, 1)));
});

test("boxes far apart cost more than boxes that touch, and those more than one within the other", () => {
  const box = [0, 0, 10, 10];
  const costs = [box, [2, 2, 8, 8], [10, 0, 20, 10], [200, 0, 210, 10]].map((found) => boxLoss(found, box));
  assert.equal(costs[0], 0);
  assert.deepEqual(costs, [...costs].sort((a, b) => a - b));
  assert.ok(costs[3] < 2 && costs[2] === 1);
});

test("what is guessed is said", () => {
  const said = [[3, logit(0.6)]];
  assert.equal(classLoss(said, 0, 3, 0.8, 80).bound, "≤");
  assert.equal(classLoss(said, 0, 7, 0.8, 80).bound, "≥");
  assert.equal(classLoss(said, NOTHING, undefined, 0, 80).bound, "");
  assert.deepEqual(classLoss(said, IGNORED, undefined, 0, 80), { loss: 0, bound: "" });
});

test("the score that is asked for is how well the box lies", () => {
  const object = { box: [0, 0, 10, 10], label: 3 };
  const at = (score) => anchorLoss([0, 0, 10, 5], [[3, logit(score)]], 0, object, 80).loss;
  assert.ok(at(0.5) < at(0.3) && at(0.5) < at(0.7));
  assert.ok(at(0.5) < 80 * FAINT ** 3);
  assert.equal(sigmoid(0), 0.5);
});
