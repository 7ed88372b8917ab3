// Matching: which anchor answers for which object, to the last bit as anchors.py, boxes.py and matching.py have it.
// Boxes are [x0, y0, x1, y1], anchors are centre x, centre y, width, height one after the other. Knows no page.
// @ts-check

export const NOTHING = -1;
export const IGNORED = -2;
export const USUAL = { fits: 0.4, nearly: 0.3, middle: 0.2 };

const float = Math.fround; // torch computes in single precision, and a threshold may fall between two of its numbers
const LEAST = float(1e-9);

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

/** The corners of one of them. @returns {Box} */
export function cornersOf(anchors, index) {
  const [x, y, w, h] = anchors.subarray(4 * index, 4 * index + 4);
  return [float(x - w / 2), float(y - h / 2), float(x + w / 2), float(y + h / 2)];
}

/** Intersection over union; 0 where both are empty. */
export function iou(a, b) {
  const shared = float(side(Math.max(a[0], b[0]), Math.min(a[2], b[2])) * side(Math.max(a[1], b[1]), Math.min(a[3], b[3])));
  return float(shared / Math.max(float(float(area(a) + area(b)) - shared), LEAST));
}

/**
 * Of each anchor the object it answers for, NOTHING or IGNORED. `best` is each object's best anchor, which answers for it
 * however badly it fits, or -1 where no anchor meets it or one that fits another still better was taken. `shared` is
 * the IoU of every object with every anchor, object by object.
 * @param {Float32Array} anchors @param {Box[]} boxes
 * @returns {{objects: Int32Array, best: number[], shared: Float32Array[]}}
 */
export function match(anchors, boxes, { fits, nearly, middle } = USUAL) {
  const exact = boxes.map((box) => box.map(float));
  const count = anchors.length / 4;
  const shared = exact.map(() => new Float32Array(count));
  const objects = new Int32Array(count).fill(NOTHING);
  const central = exact.map((box) => near(box, middle));
  for (let index = 0; index < count; index += 1) {
    const corners = cornersOf(anchors, index);
    let fit = boxes.length ? -1 : 0;
    let fitted = NOTHING;
    exact.forEach((box, object) => {
      shared[object][index] = iou(corners, box);
      const here = central[object](anchors[4 * index], anchors[4 * index + 1]) ? shared[object][index] : 0;
      if (here > fit) [fit, fitted] = [here, object];
    });
    if (boxes.length) objects[index] = fit >= float(fits) ? fitted : fit >= float(nearly) ? IGNORED : NOTHING;
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

const side = (start, end) => Math.max(float(end - start), 0);
const area = ([x0, y0, x1, y1]) => float(side(x0, x1) * side(y0, y1));
