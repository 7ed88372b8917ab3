// Boxes that the reader draws over the photograph: by pointer, by touch, and by the arrow keys.
// @ts-check

import { CORNERS, dragged, LEAST, spanned, WHOLE } from "./drag.js";
import { shape } from "./overlay.js";

const STEP = 0.01; // of the longer side, for a press of an arrow key
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const [GRIP, FINGER] = [5, 22]; // CSS pixels from a corner

/** @typedef {{box: number[], label: number}} Drawn */

export class Drawing {
  /** @type {Drawn[]} */
  boxes = [];

  /** @param {SVGGElement} group @param {{changed: () => void, name: (label: number) => string, unit: () => number, label: () => number}} tell */
  constructor(group, tell) {
    Object.assign(this, { group, tell, held: null });
    group.addEventListener("pointerdown", (event) => this.#take(event));
    group.addEventListener("pointermove", (event) => this.held && this.#pull(event));
    for (const type of ["pointerup", "pointercancel"]) group.addEventListener(type, () => this.#drop());
    group.addEventListener("keydown", (event) => this.#key(event));
  }

  /** @param {{width: number, height: number}} size of the picture */
  draw(size) {
    this.size = size;
    const focused = this.group.contains(document.activeElement) ? Number(document.activeElement?.getAttribute("data-box")) : -1;
    const paper = shape("rect", { class: "paper", width: size.width, height: size.height });
    this.group.replaceChildren(paper, ...this.boxes.map((drawn, index) => this.#node(drawn, index)));
    this.focus(focused);
  }

  focus(index) {
    /** @type {SVGElement | null} */ (this.group.querySelector(`g[data-box="${index}"]`))?.focus({ preventScroll: true });
  }

  /** A box in the middle, for whoever draws without a pointer. */
  add() {
    const { width, height } = this.size;
    this.boxes.push({ box: [width * 0.3, height * 0.3, width * 0.7, height * 0.7], label: this.tell.label() });
    this.tell.changed();
    this.focus(this.boxes.length - 1);
  }

  remove(index) {
    this.boxes.splice(index, 1);
    this.tell.changed();
  }

  #node({ box: [x0, y0, x1, y1], label }, index) {
    const words = `Box ${index + 1}, ${this.tell.name(label)}: ${[x0, y0, x1, y1].map(Math.round).join(" ")}. Arrow keys move it, with Shift they stretch it, Delete removes it.`;
    const node = shape("g", { class: "drawn", tabindex: 0, role: "img", "aria-label": words, "data-box": index });
    const unit = this.tell.unit();
    const near = Math.max(GRIP * unit, Math.min(FINGER * unit, (x1 - x0) / 4, (y1 - y0) / 4)); // the middle stays free, to move the box by
    const dots = (r, more) => CORNERS.map(([i, j], corner) => shape("circle", { cx: [x0, y0, x1, y1][i], cy: [x0, y0, x1, y1][j], r, ...more(corner) }));
    node.append(
      shape("rect", { x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) }),
      ...dots(GRIP * unit, () => ({})),
      ...dots(near, (corner) => ({ class: "grip", "data-corner": corner })),
    );
    return node;
  }

  #point(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(/** @type {any} */ (this.group).getScreenCTM().inverse());
    return [x, y];
  }

  #take(event) {
    if (event.button) return;
    event.preventDefault(); // no text is selected, and the page does not scroll
    const node = event.target.closest("[data-box]");
    const start = this.#point(event);
    const index = node ? Number(node.getAttribute("data-box")) : this.boxes.push({ box: [...start, ...start], label: this.tell.label() }) - 1;
    const corner = event.target.getAttribute("data-corner");
    this.held = { index, start, from: [...this.boxes[index].box], sides: corner ? CORNERS[corner] : node ? WHOLE : null };
    this.group.setPointerCapture(event.pointerId);
  }

  #pull(event) {
    const { index, start, from, sides } = this.held;
    const at = this.#point(event);
    this.boxes[index].box = sides ? dragged(from, sides, at[0] - start[0], at[1] - start[1], this.size) : spanned(start, at, this.size);
    this.tell.changed();
  }

  #drop() {
    if (!this.held) return;
    const { index } = this.held;
    const [x0, y0, x1, y1] = this.boxes[index].box;
    this.held = null;
    if (x1 - x0 < LEAST || y1 - y0 < LEAST) return this.remove(index); // a tap draws nothing
    this.focus(index);
  }

  #key(event) {
    const index = Number(event.target.getAttribute("data-box") ?? NaN);
    const arrow = ARROWS[event.key];
    if (!this.boxes[index] || !(arrow || event.key === "Delete" || event.key === "Backspace")) return;
    event.preventDefault();
    event.stopPropagation();
    if (!arrow) return this.remove(index);
    const step = Math.max(1, STEP * Math.max(this.size.width, this.size.height));
    this.boxes[index].box = dragged(this.boxes[index].box, event.shiftKey ? CORNERS[2] : WHOLE, arrow[0] * step, arrow[1] * step, this.size);
    this.tell.changed();
  }
}
