// A map laid over a photograph: a veil that lifts where the map is high, in one hue, so that no colour need be told
// from another.
// @ts-check

const [NIGHT, GLOW] = [
  [8, 10, 24],
  [255, 160, 40],
];
// How much they cover. With less tint, dark places of a photograph would be darker where the map is highest.
const [VEIL, TINT] = [0.74, 0.4];
const BEND = 0.7; // faint activations are seen, too

/** Red, green, blue (0…255) and how much they cover (0…1) for a value from 0 to 1. */
export function shade(value) {
  const share = Math.max(0, Math.min(1, value)) ** BEND;
  return [...NIGHT.map((from, i) => Math.round(from + (GLOW[i] - from) * share)), VEIL + (TINT - VEIL) * share];
}

/**
 * A map as a picture of its own size.
 * @param {ArrayLike<number>} values row by row
 * @param {number} most that stands for the brightest
 */
export function veil(values, width, height, most) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const paper = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const pixels = paper.createImageData(width, height);
  for (let i = 0; i < width * height; i += 1) {
    const [r, g, b, a] = shade(values[i] / most);
    pixels.data.set([r, g, b, Math.round(a * 255)], 4 * i);
  }
  paper.putImageData(pixels, 0, 0);
  return canvas.toDataURL();
}
