// What the training makes of the boxes that a reader drew: who answers for which, and what it costs. Knows no page.
// @ts-check

import { anchorLoss, BOXES, focalLoss } from "./loss.js";
import { IGNORED, match, NOTHING } from "./matching.js";

/**
 * @typedef {{box: number[], label: number}} Drawn a box in pixels of the picture
 * @typedef {{index: number, owner: number, best: boolean, iou: number, loss: number, bound: string, box: number | null}} Row
 * @typedef {{rows: Row[], shared: Float32Array[], matched: number, nearly: number, best: number, classes: number, boxes: number, total: number, bound: string}} Verdict
 */

/**
 * The anchors that are asked for an object or for nothing at all, the best fit first, and the losses of all, as shares of
 * the matched ones. @param {import("./heads.js").Head} head @param {Drawn[]} drawn @param {number} classes how many
 * @returns {Verdict}
 */
export function verdict(head, drawn, classes, thresholds) {
  const objects = drawn.map(({ box, label }) => ({ box: box.map((side) => side * head.scale), label }));
  const { objects: owners, best, shared } = match(head.anchors, objects.map(({ box }) => box), thresholds);
  const rows = [];
  let silent = 0;
  owners.forEach((owner, index) => {
    if (owner === NOTHING) silent += alarm(head, index);
    else rows.push(row(head, index, owner, objects, classes, { best, shared }));
  });
  const matched = rows.filter(({ owner }) => owner >= 0);
  const share = (one) => matched.reduce((sum, each) => sum + one(each), 0) / Math.max(1, matched.length);
  const said = share(({ loss }) => loss) + silent / Math.max(1, matched.length);
  const boxes = share(({ box }) => box ?? 0);
  const bound = ["≥", "≤"].find((sign) => matched.some((each) => each.bound === sign)) ?? "";
  return {
    rows: rows.sort((a, b) => b.iou - a.iou), shared, matched: matched.length, nearly: rows.length - matched.length,
    best: matched.filter(({ best: only }) => only).length, classes: said, boxes, total: said + BOXES * boxes, bound,
  };
}

/** `best`: no anchor fits its object better, so it answers for it however badly it fits. */
function row(head, index, owner, objects, classes, { best, shared }) {
  const iou = Math.max(...(owner === IGNORED ? shared.map((all) => all[index]) : [shared[owner][index]]));
  const cost = anchorLoss(head.seen(index), head.said(index), owner, objects[owner], classes, head.byQuality);
  return { index, owner, best: owner >= 0 && best[owner] === index, iou, ...cost };
}

/** The focal loss of an anchor that answers for nothing, computed once. */
function alarm(head, index) {
  head.alarms ??= Float32Array.from({ length: head.count }, (_, each) => head.said(each).reduce((sum, [, logit]) => sum + focalLoss(logit, 0), 0));
  return head.alarms[index];
}
