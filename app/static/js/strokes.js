// An area as it is painted: marks one upon another, the last of which can be taken back. Knows no page, only a 2D context.
// @ts-check

/** Ready areas: what each is called, and left, top, width and height as shares of the picture. */
export const AREAS = {
  left: ["Left half", 0, 0, 0.5, 1],
  right: ["Right half", 0.5, 0, 0.5, 1],
  upper: ["Upper half", 0, 0, 1, 0.5],
  lower: ["Lower half", 0, 0.5, 1, 0.5],
  middle: ["Middle", 0.25, 0.25, 0.5, 0.5],
};

/**
 * A mark is a ready area, a stroke (points as shares of the picture, its width as a share of the longer side), a picture of
 * an area, or the clearing of all before it.
 * @typedef {{area: keyof AREAS} | {points: [number, number][], size: number, erase: boolean} | {picture: CanvasImageSource} | {clear: true}} Mark
 */

export class Painting {
  /** @type {Mark[]} */
  marks = [];

  /** @param {Mark} mark */
  add(mark) {
    this.marks.push(mark);
  }

  undo() {
    this.marks.pop();
  }

  /** Takes everything away, in a way that can be taken back. */
  clear() {
    if (!this.empty) this.marks.push({ clear: true });
  }

  /** True if nothing has been painted since it was last cleared. */
  get empty() {
    return this.#since().every((mark) => "erase" in mark && mark.erase);
  }

  /** Draws what is painted in the context's own colours, on nothing. */
  draw(context, width, height) {
    context.globalCompositeOperation = "source-over";
    context.clearRect(0, 0, width, height);
    for (const mark of this.#since()) {
      context.globalCompositeOperation = mark.erase ? "destination-out" : "source-over";
      if (mark.area) fill(context, AREAS[mark.area], width, height);
      else if (mark.picture) context.drawImage(mark.picture, 0, 0, width, height);
      else stroke(context, mark, width, height);
    }
    context.globalCompositeOperation = "source-over";
  }

  #since() {
    return this.marks.slice(this.marks.findLastIndex((mark) => mark.clear) + 1);
  }
}

function fill(context, [, left, top, wide, high], width, height) {
  context.fillRect(left * width, top * height, wide * width, high * height);
}

function stroke(context, { points, size }, width, height) {
  const [[x, y], ...rest] = points;
  Object.assign(context, { lineWidth: size * Math.max(width, height), lineCap: "round", lineJoin: "round" });
  context.beginPath();
  context.moveTo(x * width, y * height);
  context.lineTo(x * width, y * height); // a touch is a dot
  for (const [u, v] of rest) context.lineTo(u * width, v * height);
  context.stroke();
}
