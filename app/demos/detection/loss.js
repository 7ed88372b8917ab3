// The loss of single anchors, as loss.py has it `by_quality`, from the scores that came to the browser. Knows no page.
// @ts-check

import { IGNORED } from "./matching.js";
import { iou } from "./nms.js";

export const FAINT = 0.005; // fainter scores did not come: all that is known of them is that they are no higher
export const BOXES = 1.5; // weight of the boxes' loss against the classes' in the training
const VARIANCES = [0.1, 0.1, 0.2, 0.2];
const LONGEST_LOG = 4;
const FAINT_LOGIT = Math.log(FAINT / (1 - FAINT));

/** An anchor (centre x, centre y, width, height) moved and stretched by four offsets, as corners. */
export function moved([x, y, w, h], offsets) {
  const [right, down, wider, higher] = offsets.map((offset, i) => offset * VARIANCES[i]);
  const [middleX, middleY] = [x + right * w, y + down * h];
  const [halfW, halfH] = [[w, wider], [h, higher]].map(([side, log]) => (side * Math.exp(Math.min(log, LONGEST_LOG))) / 2);
  return [middleX - halfW, middleY - halfH, middleX + halfW, middleY + halfH];
}

export const sigmoid = (logit) => 1 / (1 + Math.exp(-logit));

/** Cross-entropy of a score with a target in 0…1, weighed by the square of their difference. */
export function focalLoss(logit, target) {
  const entropy = Math.max(logit, 0) - logit * target + Math.log1p(Math.exp(-Math.abs(logit)));
  return (target - sigmoid(logit)) ** 2 * entropy;
}

/** 1 less generalised IoU: from 0 where two boxes are one to 2 where they are worlds apart. */
export function boxLoss(found, box) {
  const area = ([x0, y0, x1, y1]) => Math.max(x1 - x0, 0) * Math.max(y1 - y0, 0);
  const shared = area([0, 1].map((i) => Math.max(found[i], box[i])).concat([2, 3].map((i) => Math.min(found[i], box[i]))));
  const frame = area([0, 1].map((i) => Math.min(found[i], box[i])).concat([2, 3].map((i) => Math.max(found[i], box[i]))));
  const union = area(found) + area(box) - shared;
  return 1 - shared / Math.max(union, 1e-9) + (frame - union) / Math.max(frame, 1e-9);
}

/**
 * What an anchor's scores cost. `said` are the [label, logit] pairs that are not faint, `owner` is NOTHING, IGNORED or an
 * object, whose class is `label`; `quality` is the IoU of the moved box with it. `bound` is "≤" where faint scores
 * were counted as FAINT, "≥" where the right class itself is that faint, and "" where nothing was guessed.
 * @returns {{loss: number, bound: "" | "≤" | "≥"}}
 */
export function classLoss(said, owner, label, quality, classes) {
  if (owner === IGNORED) return { loss: 0, bound: "" };
  const target = (one) => (owner >= 0 && one === label ? quality : 0);
  const loud = said.reduce((sum, [one, logit]) => sum + focalLoss(logit, target(one)), 0);
  if (owner < 0) return { loss: loud, bound: "" }; // the training skips the faint ones here, too
  const heard = said.some(([one]) => one === label);
  const faint = (classes - said.length - (heard ? 0 : 1)) * focalLoss(FAINT_LOGIT, 0);
  const missed = heard ? 0 : focalLoss(FAINT_LOGIT, quality);
  return { loss: loud + faint + missed, bound: heard ? "≤" : "≥" };
}

/** Both losses of an anchor. Of those that answer for a box, the detector's are asked for its quality, the sixteen for 1. */
export function anchorLoss(found, said, owner, object, classes, byQuality = true) {
  if (owner < 0) return { ...classLoss(said, owner, -1, 0, classes), box: null };
  const quality = byQuality ? iou(Float32Array.from([...found, ...object.box]), 0, 1) : 1;
  return { ...classLoss(said, owner, object.label, quality, classes), box: boxLoss(found, object.box) };
}
