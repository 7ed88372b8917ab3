import assert from "node:assert/strict";
import { test } from "node:test";

import { iou, suppress } from "../../app/demos/detection/nms.js";
import { counts, named, one, tally } from "../../app/demos/detection/objects.js";
import { sentence } from "../../app/demos/detection/traces.js";

const USUAL = { threshold: 0.3, overlap: 0.5, suppression: "classes", most: 100, smallest: 0 };
const PICTURE = { classes: ["cat", "dog"], width: 60, height: 40 };

/** Candidates from rows of [label, score, x0, y0, x1, y1], best first. */
function candidates(...rows) {
  const column = (Kind, ...places) => Kind.from(rows.flatMap((row) => places.map((place) => row[place])));
  return { count: rows.length, labels: column(Uint8Array, 0), scores: column(Float32Array, 1), boxes: column(Float32Array, 2, 3, 4, 5), logits: new Float32Array(rows.length), anchors: Uint32Array.from(rows.keys()) };
}

const CROWD = candidates([0, 0.9, 0, 0, 20, 20], [0, 0.8, 2, 0, 22, 20], [1, 0.7, 1, 0, 21, 20], [0, 0.5, 40, 0, 50, 10], [0, 0.1, 0, 20, 9, 40]);
const indices = ({ kept }) => kept.map(({ index }) => index);

test("a box drops those of its class that overlap it, and tells whom", () => {
  const found = suppress(CROWD, USUAL, 100);
  assert.equal(found.above, 4);
  assert.deepEqual(indices(found), [0, 2, 3]);
  assert.deepEqual(found.removed, [{ index: 1, by: 0, iou: iou(CROWD.boxes, 0, 1), score: CROWD.scores[1] }]);
  assert.deepEqual(indices(suppress(CROWD, { ...USUAL, suppression: "all" }, 100)), [0, 3]);
});

test("nothing is dropped where only a whole overlap counts", () => {
  assert.deepEqual(indices(suppress(CROWD, { ...USUAL, overlap: 1 }, 100)), [0, 1, 2, 3]);
});

test("softly a score falls by how much is shared, and a box goes when it falls to the threshold", () => {
  const soft = { ...USUAL, suppression: "soft", overlap: 0.5 };
  const { kept, removed } = suppress(CROWD, { ...soft, threshold: 0.05 }, 100);
  const lowered = kept.find(({ index }) => index === 1);
  assert.ok(Math.abs(lowered.score - 0.8 * Math.exp(-(iou(CROWD.boxes, 0, 1) ** 2) / 0.5)) < 1e-6);
  assert.deepEqual(removed, []);
  const less = suppress(CROWD, soft, 100);
  assert.deepEqual(less.removed.map(({ index, by }) => [index, by]), [[1, 0]]);
  assert.ok(less.removed[0].score <= 0.3);
  assert.equal(less.kept.length + less.removed.length, less.above);
});

test("what is short or comes late is left out at the end", () => {
  assert.deepEqual(indices(suppress(CROWD, { ...USUAL, smallest: 15 }, 100)), [0, 2]);
  assert.deepEqual(indices(suppress(CROWD, { ...USUAL, most: 1 }, 100)), [0]);
});

test("three tenths is not above three tenths, nor three fifths more than three fifths", () => {
  const found = candidates([0, 0.9, 0, 0, 8, 1], [0, 0.8, 2, 0, 10, 1], [0, 0.3, 30, 30, 40, 40]);
  assert.equal(iou(found.boxes, 0, 1), Math.fround(0.6));
  const { above, kept } = suppress(found, { ...USUAL, overlap: 0.6 }, 100);
  assert.deepEqual([above, kept.length], [2, 2]);
});

test("half is half, and boxes that do not touch share nothing", () => {
  const { boxes } = candidates([0, 1, 0, 0, 10, 10], [0, 1, 0, 0, 10, 5], [0, 1, 30, 30, 40, 40], [0, 1, 5, 5, 5, 5]);
  assert.deepEqual([iou(boxes, 0, 1), iou(boxes, 1, 0), iou(boxes, 0, 2), iou(boxes, 3, 3)], [0.5, 0.5, 0, 0]);
});

test("objects end at the picture's edges, and what lies outside is none", () => {
  const found = candidates([1, 0.9, -4, 2, 40, 30], [0, 0.8, 121, 0, 140, 20]);
  const kept = [{ index: 0, score: 0.5 }, { index: 1, score: 0.8 }];
  assert.deepEqual(named(found, kept, PICTURE, 2), [{ label: "dog", score: 0.5, first: Math.fround(0.9), box: [0, 1, 20, 15], index: 0 }]);
});

test("numbers are worded", () => {
  const [victim, suppressor] = [1, 0].map((index) => one(CROWD, index, PICTURE, 1));
  assert.equal(sentence(victim, suppressor, { iou: 0.8182, score: victim.score }), "cat 0.80 removed by cat 0.90, IoU 0.82");
  assert.equal(sentence(victim, suppressor, { iou: 0.8182, score: 0.2 }), "cat 0.80 lowered to 0.20 by cat 0.90, IoU 0.82");
  assert.equal(tally(1312, { above: 41, kept: 9 }, 0.3), "1,312 candidates → 41 above 0.30 → 9 kept");
  assert.deepEqual(counts([{ label: "dog" }, { label: "cat" }, { label: "cat" }]), [["cat", 2], ["dog", 1]]);
});
