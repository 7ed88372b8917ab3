// Where the lines of the activation chart run: from the steps of a run to paths, against the best photograph. Knows no
// page.
// @ts-check

const ROOM = { top: 18, right: 12, bottom: 20, left: 40 };
const TICKS = 4;

/**
 * @typedef {{step: number, value: number}} Point
 * @typedef {{name: string, points: Point[], grown?: [number, number][]}} Line points in order of step; the steps at
 * which it grows, with its size
 * @typedef {{curve?: number[], grown?: [number, number][], step: number}} Told what a run tells of one method
 * @param {Line[]} lines
 * @param {{best?: number | null, of?: number}} against the best photograph's activation, and the last step
 */
export function chart(lines, width, height, { best = null, of = 0 } = {}) {
  const points = lines.flatMap((line) => line.points);
  if (!points.length) return null;
  const last = Math.max(of, 1, ...points.map(({ step }) => step));
  const frame = { left: ROOM.left, right: width - ROOM.right, top: ROOM.top, bottom: height - ROOM.bottom, of: last };
  const values = [0, ...points.map(({ value }) => value), ...(best === null ? [] : [best])];
  const ticks = nice(Math.min(...values), Math.max(...values), TICKS);
  const [low, high] = [Math.min(ticks[0], ...values), Math.max(ticks.at(-1) ?? 1, ...values)];
  const x = (step) => frame.left + (step / last) * (frame.right - frame.left);
  const y = (value) => frame.bottom - ((value - low) / (high - low || 1)) * (frame.bottom - frame.top);
  return {
    frame,
    x,
    y,
    ticks: ticks.map((value) => ({ value, y: y(value) })),
    best: best === null ? null : y(best),
    lines: lines
      .filter((line) => line.points.length)
      .map(({ name, points: own }) => ({ name, path: path(own, x, y), x: x(own.at(-1).step), y: y(own.at(-1).value) })),
    rungs: lines.length === 1 ? rungs(lines[0].grown ?? [], x) : [],
    stepAt: (place) =>
      Math.min(last, Math.max(0, Math.round(((place - frame.left) / (frame.right - frame.left)) * last))),
  };
}

/**
 * The point at a step, or the last one before it.
 * @template {{step: number}} P
 * @param {P[]} points
 * @returns {P | undefined}
 */
export const at = (points, step) => points.findLast((point) => point.step <= step) ?? points[0];

/** How many times the best photograph: “3.4 ×”. Null where that says nothing. */
export function times(value, best) {
  if (best === null || best === undefined || !(best > 0) || !Number.isFinite(value)) return null;
  const ratio = value / best;
  return `${Math.abs(ratio) < 10 ? ratio.toFixed(1) : Math.round(ratio).toLocaleString("en")}\u00a0×`;
}

/** Round values from `low` to `high`, at most `most` steps of 1, 2 or 5 times a power of ten. */
export function nice(low, high, most) {
  const rough = (high - low || 1) / most;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5].find((digit) => digit * power >= rough) ?? 10) * power;
  const [from, to] = [Math.ceil(low / step - 1e-9), Math.floor(high / step + 1e-9)];
  return Array.from({ length: to - from + 1 }, (_, i) => (from + i) * step);
}

/** A line of what a run tells: its newest value is that of its newest step. @param {Told} told @returns {Line} */
export function line(name, { curve = [], grown = [], step }) {
  const first = step - curve.length + 1;
  return { name, grown, points: curve.map((value, i) => ({ step: first + i, value })) };
}

/** How large the picture is at a step, in pixels. @param {[number, number][]} grown */
export const sizeAt = (grown, step) => (grown.findLast(([from]) => from <= step) ?? grown[0])?.[1];

/** Where the picture grows, with its size from there on. @param {[number, number][]} grown */
const rungs = (grown, x) =>
  grown.length > 1 ? grown.map(([step, size]) => ({ x: x(step), label: String(size) })) : [];

const path = (points, x, y) =>
  points.map(({ step, value }, i) => `${i ? "L" : "M"}${x(step).toFixed(1)} ${y(value).toFixed(1)}`).join("");
