// Matching: which anchor answers for which object, to the last bit as anchors.py, boxes.py and matching.py have it.
// Boxes are [x0, y0, x1, y1], anchors are centre x, centre y, width, height one after the other. Knows no page.
// @ts-check

import { iou } from "./nms.js";

export const NOTHING = -1;
export const IGNORED = -2;
export const USUAL = { fits: 0.4, nearly: 0.3, middle: 0.2 };

const float = Math.fround; // torch computes in single precision, and a threshold may fall between two of its numbers

/**
 * @typedef {{stride: number, rows: number, columns: number, sizes: number[], ratios: number[]}} Grid
 * @typedef {[number, number, number, number]} Box
 */

/** Every anchor, grid by grid, row by row, cell by cell, size by size, ratio by ratio. @param {Grid[]} grids */
export function anchorsOf(grids) {
  const rows = [];
  for (const { stride, rows: down, columns, sizes, ratios } of grids) {
    const shapes = sizes.flatMap((size) => ratios.map((ratio) => [size * Math.sqrt(ratio), size / Math.sqrt(ratio)]));
    for (let row = 0; row < down; row += 1) {
      for (let column = 0; column < columns; column += 1) {
        for (const [w, h] of shapes) rows.push((column + 0.5) * stride, (row + 0.5) * stride, w, h);
      }
    }
  }
  return Float32Array.from(rows);
}

/** The corners of one of them. @returns {number[]} */
export function cornersOf(anchors, index) {
  const [x, y, w, h] = anchors.subarray(4 * index, 4 * index + 4);
  return [x - w / 2, y - h / 2, x + w / 2, y + h / 2];
}

/**
 * Of each anchor the object it answers for, NOTHING or IGNORED. `best` is each object's best anchor, which answers for it
 * however badly it fits, or -1 where no anchor meets it or one that fits another still better was taken. `shared` is
 * the IoU of every object with every anchor, object by object.
 * @param {Float32Array} anchors @param {Box[]} boxes
 * @returns {{objects: Int32Array, best: number[], shared: Float32Array[]}}
 */
export function match(anchors, boxes, { fits, nearly, middle } = USUAL) {
  const count = anchors.length / 4;
  const flat = Float32Array.from([0, 0, 0, 0, ...boxes.flat()]); // first the anchor that is looked at, then the objects
  const central = boxes.map((_, object) => near(flat.subarray(4 * object + 4, 4 * object + 8), middle));
  const shared = boxes.map(() => new Float32Array(count));
  const objects = new Int32Array(count).fill(NOTHING);
  for (let index = 0; index < count; index += 1) {
    flat.set(cornersOf(anchors, index));
    let [fit, fitted] = [-1, NOTHING];
    for (let object = 0; object < boxes.length; object += 1) {
      shared[object][index] = iou(flat, 0, object + 1);
      const here = central[object](anchors[4 * index], anchors[4 * index + 1]) ? shared[object][index] : 0;
      if (here > fit) [fit, fitted] = [here, object];
    }
    objects[index] = fit >= float(fits) ? fitted : fit >= float(nearly) ? IGNORED : NOTHING;
  }
  return { objects, best: withBest(objects, shared), shared };
}

/** Gives every object its best anchor; of objects with the same one, the one that it fits best has it. */
function withBest(objects, shared) {
  const anchor = shared.map((row) => row.reduce((best, value, index) => (value > row[best] ? index : best), 0));
  const order = [...shared.keys()].sort((a, b) => shared[a][anchor[a]] - shared[b][anchor[b]]);
  const met = order.filter((object) => shared[object][anchor[object]] > 0);
  for (const object of met) objects[anchor[object]] = object;
  return anchor.map((index, object) => (met.includes(object) && objects[index] === object ? index : -1));
}

function near([x0, y0, x1, y1], middle) {
  const [x, y] = [float(float(x0 + x1) / 2), float(float(y0 + y1) / 2)];
  const [w, h] = [float(x1 - x0), float(y1 - y0)].map((length) => float(float(middle) * length));
  return (cx, cy) => Math.abs(float(cx - x)) <= w && Math.abs(float(cy - y)) <= h;
}
