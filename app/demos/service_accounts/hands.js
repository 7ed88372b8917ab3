// The graph under a reader's hands: boxes that can be picked by pointer and keyboard, lines that are taken away, lines that are drawn.
// @ts-check

import { svg } from "./draw.js";

const LEAST = 8; // pixels that a pointer moves before it draws
const OBJECTS = "storage.objectViewer";
const PICKED = { pod: "pod", bucket: "bucket" };

/**
 * The word of a line from one box to another, or a sentence on why there is none.
 * @param {string} from @param {string} to @returns {{word?: string, why?: string}}
 */
export function wordOf(from, to) {
  const [[kind, name], [other, end]] = [from, to].map((id) => id.split(" "));
  const [namespace, own] = end.split("/");
  if (kind === "pod" && other === "kubernetes") return name.split("/")[0] === namespace ? { word: `runs.${name}.${own}` } : { why: "A pod runs as an account of its own namespace" };
  if (kind === "pod" && other === "google") return end === "photo-reader" ? { word: `key.${name}` } : { why: "There is no key of this account" };
  if (kind === "kubernetes" && other === "google") return { word: `annotate.${name}.${end}` };
  if (kind === "google" && other === "kubernetes") return { word: `lets.${name}.${end}` };
  if ((kind === "google" || kind === "kubernetes") && other === "bucket") return { word: `grant.${end}.${name}.${OBJECTS}` };
  return { why: "No line goes from the one to the other" };
}

/** What a box is called when it is read out. */
const called = (id) => {
  const [kind, name, who] = id.split(" ");
  return { pod: `Pod ${name}: ask about it`, bucket: `Bucket ${name}: ask about it`, kubernetes: `Kubernetes account ${name}: its switches`, google: `Google account ${name}: its switches`, grant: `Grant on ${name} to ${who}: its switch` }[kind] ?? name;
};

/** Makes a graph's boxes and lines answer. @param {SVGElement} box @param {(word: string) => string} told */
export function enliven(box, told) {
  for (const node of box.querySelectorAll("[data-node]")) {
    const { node: id, room } = /** @type {SVGElement} */ (node).dataset;
    const wide = Math.min(Number(room), 150);
    node.prepend(svg("rect", { class: "hit", x: -wide / 2, y: -31, width: wide, height: 62 }));
    for (const [name, value] of Object.entries({ tabindex: 0, role: "button", "aria-label": called(id) })) node.setAttribute(name, String(value));
  }
  for (const line of box.querySelectorAll("[data-line]")) {
    if (line.classList.contains("missing")) continue;
    const hit = svg("path", { class: "edge-hit", d: line.getAttribute("d"), "data-off": /** @type {SVGElement} */ (line).dataset.line });
    hit.append(svg("title", {}, told(hit.dataset.off)));
    line.before(hit);
  }
}

const nodeAt = (target) => target?.closest?.("[data-node]")?.dataset.node ?? null;

class Hands {
  /** @type {{from: string, x: number, y: number, line: any} | null} */
  #drag = null;
  #drawn = false; // a moment ago: the click that follows is none

  constructor(place, tell) {
    Object.assign(this, { place, tell });
    place.addEventListener("click", (event) => this.#drawn || this.#press(event.target));
    place.addEventListener("keydown", (event) => {
      if (!["Enter", " "].includes(event.key) || !nodeAt(event.target)) return;
      event.preventDefault();
      this.#press(event.target);
    });
    place.addEventListener("pointerdown", (event) => this.#take(event));
    // a finger draws from a box, and scrolls beside it
    place.addEventListener("touchmove", (event) => this.#drag && event.preventDefault(), { passive: false });
    window.addEventListener("pointermove", (event) => this.#draw(event));
    for (const end of ["pointerup", "pointercancel"]) window.addEventListener(end, (event) => this.#let(event));
  }

  #press(target) {
    const id = nodeAt(target);
    if (!id) return target.dataset?.off && this.tell.turn(target.dataset.off, false);
    const [kind, name] = id.split(" ");
    return PICKED[kind] ? this.tell.pick(PICKED[kind], name) : this.tell.lead(id);
  }

  #take(event) {
    const from = nodeAt(event.target);
    if (!from || event.button || event.target.matches(".hit")) return;
    this.#drag = { from, x: event.clientX, y: event.clientY, line: null };
    if (event.pointerType === "mouse") event.preventDefault();
  }

  #draw({ clientX, clientY }) {
    const drag = this.#drag;
    if (!drag || (!drag.line && Math.hypot(clientX - drag.x, clientY - drag.y) < LEAST)) return;
    const box = /** @type {SVGSVGElement} */ (this.place.querySelector("svg"));
    const at = (x, y) => new DOMPoint(x, y).matrixTransform(box.getScreenCTM()?.inverse());
    const [start, now] = [at(drag.x, drag.y), at(clientX, clientY)];
    drag.line ??= box.appendChild(svg("path", { class: "drawing" }));
    drag.line.setAttribute("d", `M${start.x} ${start.y}L${now.x} ${now.y}`);
  }

  #let(event) {
    const { from, line } = this.#drag ?? {};
    this.#drag = null;
    line?.remove();
    if (!line || event.type === "pointercancel") return;
    this.#drawn = true;
    setTimeout(() => { this.#drawn = false; });
    const to = nodeAt(document.elementFromPoint(event.clientX, event.clientY));
    if (!to || to === from) return;
    const { word, why } = wordOf(from, to);
    if (word) this.tell.turn(word, true);
    else this.tell.say(why);
  }
}

/**
 * Listens to the place that holds the graph. Boxes that are no question lead to their switches.
 * @param {HTMLElement} place @param {{pick: (what: string, name: string) => void, lead: (id: string) => void, turn: (word: string, on: boolean) => void, say: (words: string) => void}} tell
 */
export const handle = (place, tell) => new Hands(place, tell);
