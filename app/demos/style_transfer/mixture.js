// Mixtures of two or three styles as places on a segment or in a triangle, and back. Knows no page.
// @ts-check

const STEP = 0.05; // of an arrow key

/** Where the styles stand, in a box from (0, 0) to (1, 1): first and second below, the third above them. */
export const corners = (count) => [[0, 1], [1, 1], [0.5, 0]].slice(0, count).map(([x, y]) => [x, count < 3 ? 0.5 : y]);

/** Shares that sum to one; equal ones where all are zero. */
export function shares(weights) {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum ? weight / sum : 1 / weights.length));
}

/** The place of a mixture: its corners, averaged by their shares. */
export function place(weights) {
  const at = corners(weights.length);
  const part = shares(weights);
  return [0, 1].map((axis) => part.reduce((sum, share, i) => sum + share * at[i][axis], 0));
}

/** The mixture at a place; outside, the nearest there is. */
export function mixture([x, y], count) {
  if (count === 2) return simplex([1 - x, x]);
  const third = 1 - y;
  const second = x - third / 2;
  return simplex([1 - second - third, second, third]);
}

/** The mixture after an arrow key, or null for another key: right and up give the second and the third style more. */
export function after(key, weights) {
  const part = shares(weights);
  const [more, sign] = { ArrowRight: [1, 1], ArrowLeft: [1, -1], ArrowUp: [part.length - 1, 1], ArrowDown: [part.length - 1, -1] }[key] ?? [];
  if (more === undefined) return null;
  const grown = Math.min(1, Math.max(0, part[more] + sign * STEP));
  const rest = part.filter((_, i) => i !== more);
  const others = shares(rest);
  return part.map((_, i) => (i === more ? grown : (1 - grown) * others[i < more ? i : i - 1]));
}

/** Whole percents that sum to a hundred. */
export function percents(weights) {
  const exact = shares(weights).map((share) => share * 100);
  const whole = exact.map(Math.floor);
  const order = exact.map((_, i) => i).sort((a, b) => exact[b] - whole[b] - (exact[a] - whole[a]));
  for (const i of order.slice(0, 100 - whole.reduce((sum, value) => sum + value, 0))) whole[i] += 1;
  return whole;
}

/** The nearest weights that are not negative and sum to one (Duchi and others, 2008). */
function simplex(weights) {
  const sorted = [...weights].sort((a, b) => b - a);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, i) => {
    sum += value;
    if (value + (1 - sum) / (i + 1) > 0) shift = (1 - sum) / (i + 1);
  });
  return weights.map((weight) => Math.max(0, weight + shift));
}
