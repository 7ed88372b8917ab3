// Precision, recall and average precision on one picture, as training/average_precision.py has them at one overlap.
// @ts-check

const RECALLS = Array.from({ length: 101 }, (_, i) => i * 0.01);

/**
 * @typedef {{box: number[], label: number}} True
 * @typedef {True & {score: number}} Found
 * @param {Found[]} found @param {True[]} truth
 * @returns {{right: number, found: number, truth: number, precision: number | null, recall: number | null, ap: number | null}}
 */
export function precision(found, truth, least = 0.5) {
  const labels = [...new Set(truth.map(({ label }) => label))];
  const curves = labels.map((label) => judged(found.filter(of(label)), truth.filter(of(label)), least));
  const right = curves.reduce((sum, hits) => sum + hits.filter(Boolean).length, 0);
  const averages = curves.map((hits, i) => average(hits, truth.filter(of(labels[i])).length));
  return {
    right,
    found: found.length,
    truth: truth.length,
    precision: found.length ? right / found.length : null,
    recall: truth.length ? right / truth.length : null,
    ap: truth.length ? averages.reduce((sum, ap) => sum + ap, 0) / averages.length : null,
  };
}

const of = (label) => (one) => one.label === label;

/** Whether each found box of a class, from the surest down, is the first to meet an object of it. */
function judged(found, truth, least) {
  const free = new Set(truth);
  return [...found].sort((a, b) => b.score - a.score).map(({ box }) => {
    let [hit, most] = [null, least];
    // Of two objects that overlap alike, the later one is met, as in COCO's own code.
    for (const one of free) if (overlap(box, one.box) >= most) [hit, most] = [one, overlap(box, one.box)];
    return free.delete(hit);
  });
}

/** The mean over 101 recalls of the best precision there or further on. */
function average(hits, objects) {
  let right = 0;
  const points = hits.map((hit, i) => ({ recall: (right += Number(hit)) / objects, precision: right / (i + 1) }));
  for (let i = points.length - 2; i >= 0; i -= 1) points[i].precision = Math.max(points[i].precision, points[i + 1].precision);
  const at = (recall) => points.find((point) => point.recall >= recall)?.precision ?? 0;
  return RECALLS.reduce((sum, recall) => sum + at(recall), 0) / RECALLS.length;
}

function overlap(a, b) {
  const side = (i) => Math.max(0, Math.min(a[i + 2], b[i + 2]) - Math.max(a[i], b[i]));
  const area = (box) => (box[2] - box[0]) * (box[3] - box[1]);
  const shared = side(0) * side(1);
  return shared > 0 ? shared / (area(a) + area(b) - shared) : 0;
}
