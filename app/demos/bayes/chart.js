// Lines in a box of 600 by 200, as drawing.py has them. Knows no page until it paints.
// @ts-check

const [WIDTH, HEIGHT] = [600, 200];
const SAMPLES = 150;

export const PLACES = Array.from({ length: SAMPLES }, (_, at) => (at + 0.5) / SAMPLES); // not at the ends, where a density may be infinite

/** A path through points in shares of the box, from its lower left corner; what is above it is cut off. @param {number[][]} points */
export function line(points) {
  const steps = points.map(([x, y]) => `${tenths(x * WIDTH)} ${tenths((1 - Math.min(y, 1)) * HEIGHT)}`);
  return steps.length ? `M${steps.join("L")}` : "";
}

/** What is below a line. @param {number[][]} points */
export function area(points) {
  if (!points.length) return "";
  const [first, last] = [points[0], points[points.length - 1]].map(([x]) => tenths(x * WIDTH));
  return `${line(points)}L${last} ${HEIGHT}L${first} ${HEIGHT}Z`;
}

/**
 * Curves as lines, as high as the highest of those with an interval, and below these what is in it.
 *
 * @param {Record<string, number[][]>} curves @param {Record<string, number[]>} intervals @returns {[Record<string, string>, Record<string, string>]}
 */
export function scaled(curves, intervals) {
  const highest = Math.max(...Object.keys(intervals).flatMap((name) => curves[name].map(([, y]) => y)));
  const low = Object.fromEntries(Object.entries(curves).map(([name, points]) => [name, points.map(([x, y]) => [x, y / highest])]));
  const inside = Object.entries(intervals).map(([name, [from, to]]) => [name, area(low[name].filter(([x]) => x >= from && x <= to))]);
  return [Object.fromEntries(Object.entries(low).map(([name, points]) => [name, line(points)])), Object.fromEntries(inside)];
}

/** Puts lines and areas into a chart, by name. @param {Element} chart @param {Record<string, string>} lines @param {Record<string, string>} [areas] */
export function paint(chart, lines, areas = {}) {
  for (const [name, path] of Object.entries(lines)) chart.querySelector(`[data-line="${name}"]`)?.setAttribute("d", path);
  for (const [name, path] of Object.entries(areas)) chart.querySelector(`[data-area="${name}"]`)?.setAttribute("d", path);
}

const tenths = (value) => Math.round(value * 10) / 10;
