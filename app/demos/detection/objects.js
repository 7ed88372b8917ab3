// Objects: what is kept of the candidates, with names, in pixels of the picture; and how a page speaks of them. Knows no page.
// @ts-check

/**
 * @typedef {[number, number, number, number]} Box x0 y0 x1 y1 in pixels of the picture
 * @typedef {{label: string, score: number, box: Box, index?: number, first?: number}} Seen index among the candidates; first: the score before it was lowered
 */

const { fround } = Math;

/** Detections cut off at the picture's edges, as the server's `named` makes them; what lies outside is left out.
 *  @returns {Seen[]} */
export function named(candidates, kept, { classes, width, height }, scale) {
  const seen = kept.map(({ index, score }) => ({ ...one(candidates, index, { classes, width, height }, scale), score }));
  return seen.filter(({ box: [x0, y0, x1, y1] }) => fround(fround(x1 - x0) * fround(y1 - y0)) > 0);
}

/** One candidate as an object. @returns {Seen} */
export function one({ boxes, scores, labels }, index, { classes, width, height }, scale) {
  const by = fround(scale);
  const cut = (value, edge) => Math.max(0, Math.min(fround(value / by), edge));
  const [x0, y0, x1, y1] = boxes.subarray(4 * index, 4 * index + 4);
  const box = /** @type {Box} */ ([cut(x0, width), cut(y0, height), cut(x1, width), cut(y1, height)]);
  return { label: classes[labels[index]], score: scores[index], first: scores[index], box, index };
}

/** Classes with their counts, the most frequent first. @param {Seen[]} objects @returns {[string, number][]} */
export function counts(objects) {
  const found = new Map();
  for (const { label } of objects) found.set(label, (found.get(label) ?? 0) + 1);
  return [...found].sort((a, b) => b[1] - a[1]);
}

/** Which of the eight colours of data a class wears, 1 to 8: always the same. */
export const colour = (label, classes) => (classes.indexOf(label) % 8) + 1;

/** "dog 0.83" */
export const words = ({ label, score }) => `${label} ${score.toFixed(2)}`;

/** "312 candidates → 41 above 0.30 → 9 kept" */
export function tally(candidates, { above, kept }, threshold) {
  return `${number(candidates)} candidate${candidates === 1 ? "" : "s"} → ${number(above)} above ${Number(threshold).toFixed(2)} → ${kept} kept`;
}

const number = (value) => value.toLocaleString("en");
