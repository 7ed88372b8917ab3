// How a box changes under a pointer or the arrow keys: it stays in the picture, and never turns inside out. Knows no page.
// @ts-check

export const WHOLE = [0, 1, 2, 3];
export const CORNERS = [[0, 1], [2, 1], [2, 3], [0, 3]]; // the sides that each corner moves
export const LEAST = 4; // pixels of the picture

/** A box with some of its sides moved. @param {number[]} box @param {number[]} sides @returns {number[]} */
export function dragged(box, sides, dx, dy, { width, height }) {
  if (sides.length === 4) {
    const [x, y] = [limit(dx, -box[0], width - box[2]), limit(dy, -box[1], height - box[3])];
    return box.map((at, i) => at + (i % 2 ? y : x));
  }
  const made = box.map((at, i) => (sides.includes(i) ? limit(at + (i % 2 ? dy : dx), 0, i % 2 ? height : width) : at));
  for (const i of sides) made[i] = i < 2 ? Math.min(made[i], made[i + 2] - LEAST) : Math.max(made[i], made[i - 2] + LEAST);
  return made;
}

/** The box between two points, one of them where it began. */
export function spanned([x, y], [toX, toY], { width, height }) {
  const [[left, right], [top, bottom]] = [[x, toX, width], [y, toY, height]].map(([a, b, most]) => [Math.min(a, b), Math.max(a, b)].map((at) => limit(at, 0, most)));
  return [left, top, right, bottom];
}

const limit = (value, least, most) => Math.max(least, Math.min(value, most));
