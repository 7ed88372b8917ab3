// The whole head of a run as arrays, for who looks at single anchors. arrays.py says what stands in the file.
// @ts-check

import { columns } from "./candidates.js";

/**
 * @typedef {{stride: number, rows: number, columns: number, sizes: number[], ratios: number[]}} Grid
 * @typedef {{sixteen: Float32Array, offsets: Float32Array, anchors: Uint16Array, logits: Float32Array, labels: Uint8Array}} Head
 */

const SIXTEEN = 16;

/** @param {ArrayBuffer} file @param {Grid[]} grids @param {number} classes how many @returns {Head} */
export function head(file, grids, classes) {
  const anchors = grids.reduce((sum, { rows, columns, sizes, ratios }) => sum + rows * columns * sizes.length * ratios.length, 0);
  const fixed = 4 * SIXTEEN * (4 + classes) + 8 * anchors;
  const said = (file.byteLength - fixed) / 5;
  const take = columns(file);
  return { sixteen: take(Float32Array, SIXTEEN * (4 + classes)), offsets: halves(take(Uint16Array, 4 * anchors)), anchors: take(Uint16Array, said), logits: halves(take(Uint16Array, said)), labels: take(Uint8Array, said) };
}

/** float16 as float32, since older browsers know no such array. @param {Uint16Array} bits */
function halves(bits) {
  return Float32Array.from(bits, (half) => {
    const [exponent, part] = [(half >> 10) & 31, half & 1023];
    const size = exponent === 31 ? (part ? NaN : Infinity) : exponent ? 2 ** (exponent - 15) * (1 + part / 1024) : 2 ** -14 * (part / 1024);
    return half >> 15 ? -size : size;
  });
}
