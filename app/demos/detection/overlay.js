// The boxes over the photograph, as SVG in the picture's own pixels. By keyboard one goes through them in order of score.
// @ts-check

import { colour, words } from "./objects.js";

const LETTERS = 13; // CSS pixels
const ROOM = 5; // beside the letters of a label
const CROWD = 24; // more boxes than this are labelled only when they are looked at
const FINGER = 24; // what is smaller can still be touched

export class Overlay {
  #pen = /** @type {CanvasRenderingContext2D} */ (document.createElement("canvas").getContext("2d"));
  #drawn = () => {};
  #taken = []; // places of labels

  /** @param {SVGSVGElement} svg @param {{mark: (index: number | null) => void, choose: (index: number) => void}} tell */
  constructor(svg, tell) {
    this.svg = svg;
    [this.grid, this.boxes, this.labels, this.pair, this.layer] = ["grid", "boxes", "labels", "pair", "layer"].map((name) => shape("g", { class: name }));
    svg.replaceChildren(this.grid, this.boxes, this.labels, this.pair, this.layer);
    svg.addEventListener("pointerover", (event) => tell.mark(indexOf(event.target)));
    svg.addEventListener("pointerleave", () => tell.mark(null));
    svg.addEventListener("focusin", (event) => tell.mark(indexOf(event.target)));
    svg.addEventListener("focusout", () => tell.mark(null));
    svg.addEventListener("click", (event) => indexOf(event.target) !== null && tell.choose(indexOf(event.target)));
    svg.addEventListener("keydown", (event) => this.#walk(event, tell));
    new ResizeObserver(() => svg.clientWidth && this.#drawn()).observe(svg); // of no width it is hidden
  }

  /** Pixels of the picture for one CSS pixel. */
  get unit() {
    const { width, height } = this.svg.viewBox.baseVal;
    return Math.max(width / this.svg.clientWidth, height / this.svg.clientHeight) || 1;
  }

  /** @param {{width: number, height: number, classes: string[]}} picture @param {import("./objects.js").Seen[]} objects best first */
  draw(picture, objects, { cells = 0 } = {}) {
    this.svg.setAttribute("viewBox", `0 0 ${picture.width} ${picture.height}`);
    this.#drawn = () => {
      this.#pen.font = `600 ${LETTERS}px "Press Sans", sans-serif`;
      this.grid.replaceChildren(...lines(picture, cells));
      this.#taken = [];
      this.labels.replaceChildren(...objects.map((seen) => this.#label(seen, picture)));
      this.labels.classList.toggle("crowd", objects.length > CROWD);
      const boxes = objects.map((seen, place) => this.#box(seen, place, picture));
      this.boxes.replaceChildren(...boxes.sort((a, b) => b.area - a.area).map(({ node }) => node)); // the small ones on top
      this.order = objects.map(({ index }) => index);
    };
    this.#drawn();
    this.together(null);
  }

  /** Lights one box up; null lets all be as before. */
  mark(index) {
    for (const node of [...this.boxes.children, ...this.labels.children]) node.classList.toggle("on", node.dataset.key === String(index));
    this.svg.classList.toggle("lit", index !== null);
  }

  /** Draws a box that was removed and the one that removed it; null takes them away. */
  together(pair, picture) {
    this.#taken = [];
    this.pair.replaceChildren(...(pair ?? []).flatMap((seen, place) => [this.#box(seen, place, picture).node, this.#label(seen, picture)]));
    this.svg.classList.toggle("paired", Boolean(pair));
  }

  #box(seen, place, picture) {
    const { unit } = this;
    const [x0, y0, x1, y1] = seen.box;
    const [w, h] = [x1 - x0, y1 - y0];
    const more = [w, h].map((side) => Math.max(0, (FINGER * unit - side) / 2));
    const node = shape("g", { class: "box", role: "button", tabindex: place ? -1 : 0, "aria-label": words(seen), "data-key": seen.index, "data-colour": colour(seen.label, picture.classes) });
    node.append(
      shape("rect", { class: "hit", x: x0 - more[0], y: y0 - more[1], width: w + 2 * more[0], height: h + 2 * more[1] }),
      shape("rect", { class: "line", x: x0, y: y0, width: w, height: h }),
    );
    return { node, area: w * h };
  }

  /** Above its box where there is room, and on no other label. */
  #label(seen, { width, classes }) {
    const { unit } = this;
    const [x, y] = seen.box;
    const text = words(seen);
    const [w, h] = [(this.#pen.measureText(text).width + 2 * ROOM) * unit, (LETTERS + ROOM) * unit];
    const left = Math.max(0, Math.min(x, width - w));
    const top = free(left, Math.max(0, y - h), w, h, this.#taken);
    const label = shape("g", { class: "label", "aria-hidden": "true", "data-key": seen.index, "data-colour": colour(seen.label, classes) });
    const letters = shape("text", { x: left + ROOM * unit, y: top + LETTERS * unit, "font-size": LETTERS * unit });
    letters.textContent = text;
    label.append(shape("rect", { x: left, y: top, width: w, height: h }), letters);
    return label;
  }

  #walk(event, tell) {
    const at = this.order?.indexOf(indexOf(event.target)) ?? -1;
    const last = this.order?.length - 1;
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: last }[event.key];
    if (at < 0) return;
    if (event.key === "Enter" || event.key === " ") tell.choose(this.order[at]);
    else if (to === undefined) return;
    event.preventDefault();
    if (to !== undefined) this.#node(this.order[Math.max(0, Math.min(to, last))])?.focus({ preventScroll: true });
  }

  #node(index) {
    return /** @type {SVGGElement | null} */ (this.boxes.querySelector(`[data-key="${index}"]`));
  }
}

const indexOf = (target) => {
  const box = target.closest?.(".boxes .box");
  return box ? Number(box.dataset.key) : null;
};

/** Between the cells of the square that the sixteen anchors stand in, of which the picture is the upper left part. */
function lines({ width, height }, cells) {
  const side = Math.max(width, height);
  const at = Array.from({ length: Math.max(0, cells - 1) }, (_, i) => ((i + 1) * side) / cells);
  return at.flatMap((place) => [shape("path", { d: `M${place} 0V${height}` }), shape("path", { d: `M0 ${place}H${width}` })]);
}

/** The first place from here down where a label covers none of those before it; gives its top. */
function free(left, top, w, h, taken) {
  const covered = taken.find((other) => left < other.left + other.w && other.left < left + w && top < other.top + h && other.top < top + h);
  if (covered) return free(left, covered.top + h, w, h, taken);
  taken.push({ left, top, w });
  return top;
}

export function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}
