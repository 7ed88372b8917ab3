// Which part of a map is looked at: a square window that is zoomed about a point and moved, and never leaves the map.
// Knows no page.
// @ts-check

/** @typedef {{x: number, y: number, side: number}} Window its left, top and side, as shares of the map */

/** @type {Window} */
export const WHOLE = { x: 0, y: 0, side: 1 };
const CLOSEST = 1 / 8;
const FINE = 0.55; // below this side the finer grid is shown

/**
 * The window made `factor` times as large, with the point of the map at (x, y) staying where it is.
 * @param {Window} from
 * @returns {Window}
 */
export function zoomed(from, factor, [x, y]) {
  const side = limit(from.side * factor, CLOSEST, 1);
  const kept = side / from.side;
  return within({ x: x - (x - from.x) * kept, y: y - (y - from.y) * kept, side });
}

/** @param {Window} from @returns {Window} */
export const moved = (from, dx, dy) => within({ ...from, x: from.x + dx, y: from.y + dy });

/**
 * The window moved no more than is needed to hold a cell.
 * @param {Window} from
 * @param {{x: number, y: number, side: number}} cell
 * @returns {Window}
 */
export function holding(from, cell) {
  const near = (at, own) => Math.min(Math.max(at, own + cell.side - from.side), own);
  return within({ ...from, x: near(from.x, cell.x), y: near(from.y, cell.y) });
}

/** Whether the finer of two grids is shown. @param {Window} shown */
export const fine = ({ side }) => side < FINE;

const within = ({ x, y, side }) => ({ x: limit(x, 0, 1 - side), y: limit(y, 0, 1 - side), side });
const limit = (value, least, most) => Math.max(least, Math.min(value, most));
