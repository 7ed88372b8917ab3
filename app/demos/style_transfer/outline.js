// The outline of a painted region, drawn over the stage while its controls are under the pointer.
// @ts-check

const SIDE = 480; // the longer side it is drawn with

/** Draws the edge of the mask at `url` on `canvas`; without a mask, nothing. */
export async function outline(canvas, url) {
  canvas.hidden = !url;
  if (!url) return;
  const mask = Object.assign(new Image(), { src: url });
  if (!(await mask.decode().then(() => true, () => false))) return;
  const scale = SIDE / Math.max(mask.naturalWidth, mask.naturalHeight);
  const [width, height] = [mask.naturalWidth, mask.naturalHeight].map((side) => Math.max(1, Math.round(side * scale)));
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(mask, 0, 0, width, height);
  const image = context.getImageData(0, 0, width, height);
  const edge = edges(Array.from({ length: width * height }, (_, i) => image.data[4 * i] >= 128), width, height);
  // A light line beside a dark one is seen on every picture.
  edge.forEach((at, i) => image.data.set(at === 0 ? [0, 0, 0, 0] : at === 1 ? [255, 255, 255, 255] : [20, 16, 12, 255], 4 * i));
  context.putImageData(image, 0, 0);
}

/** 1 where the area's inside meets its outside, 2 on the other side of that line, 0 elsewhere. */
export function edges(inside, width, height) {
  return inside.map((here, i) => {
    const [x, y] = [i % width, Math.floor(i / width)];
    const around = [x > 0 ? i - 1 : i, x < width - 1 ? i + 1 : i, y > 0 ? i - width : i, y < height - 1 ? i + width : i];
    return around.some((j) => inside[j] !== here) ? (here ? 1 : 2) : 0;
  });
}
