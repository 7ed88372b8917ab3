import assert from "node:assert/strict";
import { test } from "node:test";

import { anchorsOf, cornersOf, IGNORED, match, NOTHING, USUAL } from "../../app/demos/detection/matching.js";

const GRID = { stride: 32, rows: 3, columns: 4, sizes: [40, 60], ratios: [1, 0.5, 2] };
const ANCHORS = anchorsOf([GRID]);

test("anchors stand on their cells' middles, as large and as wide as they are told", () => {
  assert.equal(ANCHORS.length, 4 * 3 * 4 * 6);
  const [x, y, w, h] = ANCHORS.subarray(4 * (6 * 5 + 1), 4 * (6 * 5 + 2)); // second row, second column, ratio a half
  assert.deepEqual([x, y], [48, 48]);
  assert.ok(Math.abs(w * h - 40 * 40) < 1e-2 && Math.abs(w / h - 0.5) < 1e-6);
});

test("a box drawn on an anchor is that anchor's, and by both rules", () => {
  const { objects, best, shared } = match(ANCHORS, [cornersOf(ANCHORS, 33)]);
  assert.equal(objects[33], 0);
  assert.deepEqual(best, [33]);
  assert.equal(shared[0][33], 1);
});

test("the stricter the thresholds, the fewer anchors answer; the best one always does", () => {
  const box = [30, 20, 80, 75];
  const counts = [0.2, 0.4, 0.6, 0.99].map((fits) => match(ANCHORS, [box], { ...USUAL, fits, middle: 1 }).objects.filter((o) => o >= 0).length);
  assert.deepEqual(counts, [...counts].sort((a, b) => b - a));
  assert.ok(counts[0] > counts[2]);
  assert.equal(counts[3], 1);
});

test("what nearly fits is asked nothing, what stands beside the middle says “nothing”", () => {
  const box = [30, 20, 80, 75];
  const wide = match(ANCHORS, [box], { fits: 0.6, nearly: 0.3, middle: 1 });
  const narrow = match(ANCHORS, [box], { fits: 0.6, nearly: 0.3, middle: 0.01 });
  for (const [index, owner] of wide.objects.entries()) {
    if (owner === IGNORED) assert.ok(wide.shared[0][index] >= 0.3 && wide.shared[0][index] < 0.6);
  }
  const asked = ({ objects }) => objects.filter((owner) => owner !== NOTHING).length;
  assert.ok(asked(narrow) < asked(wide));
});

test("of two boxes on one anchor, the one that fits it best has it", () => {
  const good = cornersOf(ANCHORS, 20);
  const worse = [good[0] + 3, good[1], good[2] + 3, good[3]];
  const { objects, best } = match(ANCHORS, [good, worse]);
  assert.equal(objects[20], 0);
  assert.equal(best[0], 20);
});

test("without a box every anchor says “nothing”", () => {
  const { objects, best } = match(ANCHORS, []);
  assert.ok(objects.every((owner) => owner === NOTHING));
  assert.deepEqual(best, []);
});
