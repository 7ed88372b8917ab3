// What is inside a box, cut out of the photograph. Boxes are in pixels of the server's copy; the one on the page may be larger.
// @ts-check

const SMALL = 72; // pixels of a canvas shown at half of that
const LARGE = 640;

/** @param {HTMLImageElement | null} photo @param {[number, number, number, number]} box @param {number} width of the server's copy */
export function crop(photo, [x0, y0, x1, y1], width, { small = false } = {}) {
  const canvas = document.createElement("canvas");
  const scale = photo?.naturalWidth ? photo.naturalWidth / width : 0;
  const [w, h] = [Math.max(1, (x1 - x0) * scale), Math.max(1, (y1 - y0) * scale)];
  const fit = Math.min(small ? Infinity : 1, (small ? SMALL : LARGE) / Math.max(w, h));
  Object.assign(canvas, { width: Math.max(1, Math.round(w * fit)), height: Math.max(1, Math.round(h * fit)) });
  if (scale) canvas.getContext("2d")?.drawImage(photo, x0 * scale, y0 * scale, w, h, 0, 0, canvas.width, canvas.height);
  if (small) canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

/** "person 0.70: 253 × 258 px, from 21, 3, a sixth of…": what is known of an object, in words. */
export function facts({ label, score, box: [x0, y0, x1, y1] }, { width, height }) {
  const [w, h] = [x1 - x0, y1 - y0];
  const share = (100 * w * h) / (width * height);
  return `${label} ${score.toFixed(2)}: ${Math.round(w)} × ${Math.round(h)} px from (${Math.round(x0)}, ${Math.round(y0)}), ${share < 1 ? share.toFixed(1) : Math.round(share)} % of the picture`;
}
