// Decoding as the server does it (algorithms/vision/detection/decode.py), bit for bit: float32 after every operation,
// in the server's order. Besides what is kept it tells who suppressed whom. Knows no page.
// @ts-check

/**
 * @typedef {import("./candidates.js").Candidates} Candidates
 * @typedef {{threshold: number, overlap: number, suppression: string, most: number, smallest: number}} Settings smallest in % of the longer side
 * @typedef {{index: number, score: number}} Kept index among the candidates; the score as soft suppression left it
 * @typedef {{index: number, by: number, iou: number, score: number}} Removed by: the kept one that suppressed it, if softly the one that lowered it most; score: what it had fallen to
 */

const { fround, max, min } = Math;
const EMPTY = fround(1e-9);
const TERMS = 9;

/** @param {Candidates} candidates @param {Settings} settings @param {number} side the picture's longer one as the network saw it
 *  @returns {{above: number, kept: Kept[], removed: Removed[]}} both best first; above: how many had a score above the threshold */
export function suppress(candidates, settings, side) {
  const threshold = fround(settings.threshold);
  const below = candidates.scores.findIndex((score) => !(score > threshold));
  const above = below < 0 ? candidates.count : below;
  const { kept, removed } = settings.suppression === "soft" ? soft(candidates, above, settings) : hard(candidates, above, settings);
  const least = fround((settings.smallest / 100) * side);
  return { above, kept: kept.filter(({ index }) => longer(candidates.boxes, index) >= least).slice(0, settings.most), removed };
}

/** Intersection over union of two of the boxes; 0 where both are empty. */
export function iou(boxes, one, other) {
  const [a, b] = [4 * one, 4 * other];
  const w = max(0, fround(min(boxes[a + 2], boxes[b + 2]) - max(boxes[a], boxes[b])));
  const h = max(0, fround(min(boxes[a + 3], boxes[b + 3]) - max(boxes[a + 1], boxes[b + 1])));
  const shared = fround(w * h);
  const union = fround(fround(area(boxes, a) + area(boxes, b)) - shared);
  return fround(shared / max(union, EMPTY));
}

const area = (boxes, at) => fround(max(0, fround(boxes[at + 2] - boxes[at])) * max(0, fround(boxes[at + 3] - boxes[at + 1])));

const longer = (boxes, index) => max(fround(boxes[4 * index + 2] - boxes[4 * index]), fround(boxes[4 * index + 3] - boxes[4 * index + 1]));

/** Greedy: each drops those after it that overlap it by more than `overlap`. */
function hard({ boxes, scores, labels }, above, { overlap, suppression }) {
  const limit = fround(overlap);
  const kept = [];
  const removed = [];
  for (let index = 0; index < above; index += 1) {
    const rival = kept.find((other) => (suppression === "all" || labels[other.index] === labels[index]) && iou(boxes, other.index, index) > limit);
    if (rival) removed.push({ index, by: rival.index, iou: iou(boxes, rival.index, index), score: scores[index] });
    else kept.push({ index, score: scores[index] });
  }
  return { kept, removed };
}

/** Gaussian (Bodla et al., 2017): each lowers the scores of those of its class that overlap it. */
function soft({ boxes, scores: given, labels }, above, { overlap, threshold }) {
  const scores = given.slice(0, above);
  const waiting = new Set(scores.keys());
  const rivals = new Map(); // of each, the one that has lowered it most
  const kept = [];
  const removed = [];
  while (waiting.size) {
    let best = -1;
    for (const index of waiting) if (best < 0 || scores[index] > scores[best]) best = index;
    waiting.delete(best);
    kept.push({ index: best, score: scores[best] });
    for (const index of waiting) {
      if (labels[index] !== labels[best]) continue;
      const shared = iou(boxes, best, index);
      if (shared > (rivals.get(index)?.iou ?? 0)) rivals.set(index, { by: best, iou: shared });
      scores[index] *= gaussian(shared, overlap); // in float64, rounded as it is stored
      if (scores[index] > fround(threshold)) continue;
      waiting.delete(index);
      removed.push({ index, ...rivals.get(index), score: scores[index] });
    }
  }
  return { kept, removed: removed.sort((a, b) => a.index - b.index) };
}

/** e to -overlap² / variance in sums and products alone: no two libraries' exp agree on the last bit. */
function gaussian(overlap, variance) {
  const part = (overlap * overlap) / variance / -256;
  let power = 1;
  for (let term = TERMS; term > 0; term -= 1) power = (power * part) / term + 1;
  for (let i = 0; i < 8; i += 1) power *= power;
  return power;
}
