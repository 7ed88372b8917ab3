// The candidates of a run as arrays. arrays.py says what stands in the file; nothing here knows a page.
// @ts-check

/** @typedef {{count: number, boxes: Float32Array, scores: Float32Array, logits: Float32Array, anchors: Uint32Array, labels: Uint8Array}} Candidates */

const EACH = 29; // bytes of one candidate

/** @param {ArrayBuffer} file @returns {Candidates} best first, boxes as four numbers each */
export function candidates(file) {
  const count = file.byteLength / EACH;
  const take = columns(file);
  return { count, boxes: take(Float32Array, 4 * count), scores: take(Float32Array, count), logits: take(Float32Array, count), anchors: take(Uint32Array, count), labels: take(Uint8Array, count) };
}

/** Columns one after the other. Every computer that runs a browser today is little-endian, as the files are. */
export function columns(file) {
  let at = 0;
  return (Kind, length) => {
    const column = new Kind(file, at, length);
    at += column.byteLength;
    return column;
  };
}
