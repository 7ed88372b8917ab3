// Heads: what the anchors of two networks say, the detector's many and the sixteen before it, seen alike. Knows no page.
// @ts-check

import { FAINT, moved } from "./loss.js";
import { anchorsOf, cornersOf, USUAL } from "./matching.js";

const FAINTEST = Math.log(FAINT / (1 - FAINT));

/**
 * @typedef {{level: number, row: number, column: number, shape: number}} Place shape: size by size, ratio by ratio
 * @typedef {[number, number][]} Said label and logit of what is not faint, the surest first
 */

export class Head {
  /**
   * @param {import("./matching.js").Grid[]} grids @param {number} scale pixels the network saw for one of the picture
   * @param {{offsets: (index: number) => ArrayLike<number>, said: (index: number) => Said}} answers
   * @param {{usual?: typeof USUAL, byQuality?: boolean}} training how its anchors were matched, and what they were asked for
   */
  constructor(grids, scale, answers, { usual = USUAL, byQuality = true } = {}) {
    Object.assign(this, { grids, scale, ...answers, usual, byQuality });
    this.anchors = anchorsOf(grids);
    this.count = this.anchors.length / 4;
    this.starts = grids.map((_, level) => grids.slice(0, level).reduce((sum, grid) => sum + grid.rows * grid.columns * shapes(grid), 0));
  }

  /** @param {Place} place */
  index({ level, row, column, shape }) {
    return this.starts[level] + (row * this.grids[level].columns + column) * shapes(this.grids[level]) + shape;
  }

  /** @returns {Place} */
  place(index) {
    const level = this.starts.findLastIndex((start) => start <= index);
    const cell = Math.floor((index - this.starts[level]) / shapes(this.grids[level]));
    const { columns } = this.grids[level];
    return { level, row: Math.floor(cell / columns), column: cell % columns, shape: (index - this.starts[level]) % shapes(this.grids[level]) };
  }

  /** An anchor before it is moved, and what it was moved to; both as corners in pixels of the picture. */
  standing(index) {
    return this.inPicture(cornersOf(this.anchors, index));
  }

  found(index) {
    return this.inPicture(this.seen(index));
  }

  /** What an anchor was moved to, in pixels that the network saw. */
  seen(index) {
    return moved(this.anchors.subarray(4 * index, 4 * index + 4), [...this.offsets(index)]);
  }

  inPicture(box) {
    return box.map((side) => side / this.scale);
  }

  /** The cell of a level that covers a point of the picture. */
  cell(level, x, y) {
    const { stride, rows, columns } = this.grids[level];
    const within = (at, most) => Math.max(0, Math.min(Math.floor((at * this.scale) / stride), most - 1));
    return { row: within(y, rows), column: within(x, columns) };
  }

  /** The highest of `value` among each cell's anchors, row by row. @param {(index: number) => number} value */
  field(level, value) {
    const { rows, columns } = this.grids[level];
    const each = shapes(this.grids[level]);
    const best = (cell) => Math.max(...Array.from({ length: each }, (_, shape) => value(this.starts[level] + cell * each + shape)));
    return Float32Array.from({ length: rows * columns }, (_, cell) => best(cell));
  }
}

export const shapes = ({ sizes, ratios }) => sizes.length * ratios.length;

/** @param {any} data of the run's update @param {import("./arrays.js").Head} head */
export function heads(data, head) {
  const classes = data.classes.length;
  const first = firsts(head.anchors, head.offsets.length / 4);
  const pairs = (from, to, label, logit) => /** @type {Said} */ (Array.from({ length: to - from }, (_, i) => [label(from + i), logit(from + i)]).sort((a, b) => b[1] - a[1]));
  const every = {
    offsets: (index) => head.offsets.subarray(4 * index, 4 * index + 4),
    said: (index) => pairs(first[index], first[index + 1], (i) => head.labels[i], (i) => head.logits[i]),
  };
  const row = (index) => head.sixteen.subarray(index * (4 + classes), (index + 1) * (4 + classes));
  const sixteen = {
    offsets: (index) => row(index).subarray(0, 4),
    said: (index) => pairs(0, classes, (i) => i, (i) => row(index)[4 + i]).filter(([, logit]) => logit > FAINTEST),
  };
  const side = data.square / 4;
  const grid = { stride: side, rows: 4, columns: 4, sizes: [side], ratios: [1] };
  return {
    all: new Head(data.grids, data.scale, every),
    sixteen: new Head([grid], data.square_scale, sixteen, { usual: { ...USUAL, middle: 0.5 }, byQuality: false }),
  };
}

/** Where each anchor's pairs begin, and after the last where they end. */
function firsts(anchors, count) {
  const starts = new Uint32Array(count + 1);
  for (const anchor of anchors) starts[anchor + 1] += 1;
  for (let i = 1; i <= count; i += 1) starts[i] += starts[i - 1];
  return starts;
}
