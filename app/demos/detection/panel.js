// What is its own of the detection bench: four stages of one photograph, and sliders that act at once on what came with it.
// @ts-check

import { Answer } from "./answer.js";
import { crop, facts } from "./crops.js";
import { bars, chips, redraw, rows } from "./list.js";
import { counts } from "./objects.js";
import { Overlay } from "./overlay.js";

const INSTANT = ["stage", "threshold", "overlap", "suppression", "most", "smallest"];
const CELLS = 4;

/**
 * What a part that is loaded when it is opened (traces, explorer, failures, replay) is given: `default (root, view)`, which may give
 * {draw()}, called whenever something below changes. `answer` and `shown` give null while nothing is on the bench.
 *
 * @typedef {object} View
 * @property {any} bench
 * @property {SVGGElement} layer over the boxes, in pixels of the picture
 * @property {() => number} unit pixels of the picture for one CSS pixel
 * @property {() => Answer | null} answer
 * @property {() => import("./answer.js").Shown | null} shown what is kept, best first, and what was removed
 * @property {(pair: [Seen, Seen] | null) => void} together draws a removed box and the one that removed it, until null
 * @property {() => import("./answer.js").Settings} settings
 * @typedef {import("./objects.js").Seen} Seen
 * @property {() => Promise<import("./arrays.js").Head | null>} head fetched when it is first asked for
 */

/** @param {any} bench */
export default function panel(bench) {
  const own = new Panel(bench);
  return {
    instant: INSTANT,
    begin: () => own.forget(),
    chose: (name) => name === "photo" && own.forget(),
    settle: ({ output, latest }) => own.take(output ?? latest ?? {}),
  };
}

class Panel {
  answer = null;
  shown = null;
  #only = new Set(); // classes; none is all of them
  #chosen = null;
  #whole = false; // all classes in the bars
  #parts = [];
  #files = {};
  #head = null;
  #turn = 0;
  #waiting = 0;

  constructor(bench) {
    this.bench = bench;
    this.overlay = new Overlay(bench.find("overlay"), { mark: (index) => this.mark(index), choose: (index) => this.choose(index) });
    this.#listen();
    for (const root of bench.querySelectorAll("[data-part]")) root.addEventListener("toggle", () => this.#open(root), { once: true });
  }

  /** Takes in a run's output: its numbers, and the files that they come with. */
  async take({ data, files }) {
    if (!data || !files?.head) return; // a run that failed or was stopped: what the page says of it is all there is
    const turn = (this.#turn += 1);
    const read = await Promise.all([files.candidates, files.sixteen].map(fetched)).catch(() => null);
    await this.#photo()?.decode().catch(() => {});
    if (turn !== this.#turn || !read) return;
    this.answer = new Answer(data, { candidates: read[0], sixteen: read[1] });
    this.#files = files;
    this.#draw();
  }

  forget() {
    this.#turn += 1;
    this.answer = this.shown = this.#chosen = this.#head = null;
    this.#only.clear();
    this.#draw();
  }

  /** Lights up an object wherever it is shown. */
  mark(index) {
    this.overlay.mark(index);
    for (const row of this.#rows()) row.classList.toggle("on", row.dataset.row === String(index));
  }

  /** Shows an object's crop, large, with its numbers. */
  choose(index) {
    this.#chosen = index;
    const seen = this.#seen(index);
    for (const row of this.#rows()) row.querySelector("button")?.setAttribute("aria-pressed", String(row.dataset.row === String(index)));
    this.#find("cut").replaceChildren(...(seen ? [crop(this.#photo(), seen.box, this.answer.data.width)] : []));
    this.#find("facts").textContent = seen ? facts(seen, this.answer.data) : "";
    this.#find("save-crop").hidden = !seen;
  }

  #draw() {
    this.bench.toggleAttribute("data-live", Boolean(this.answer));
    if (this.answer) this.#drawAnswer(this.bench.fields.values());
    else this.#drawNothing();
    for (const part of this.#parts) part.draw?.();
  }

  #drawAnswer(settings) {
    const { data } = this.answer;
    const found = this.answer.shown(settings);
    const classes = counts(found.objects);
    for (const label of this.#only) if (!classes.some(([other]) => other === label)) this.#only.delete(label);
    this.shown = { ...found, objects: found.objects.filter(({ label }) => !this.#only.size || this.#only.has(label)) };
    const { objects } = this.shown;
    this.#find("tally").textContent = found.tally;
    this.#find("readout").dataset.stage = settings.stage;
    this.overlay.draw(data, objects, { cells: settings.stage === "sixteen" ? CELLS : 0 });
    redraw(this.#find("chips"), chips(classes, this.#only, data.classes));
    redraw(this.#find("rows"), rows(objects, data.classes, this.#photo(), data.width));
    redraw(this.#find("presence"), bars(data.presence, data.classes, this.#whole));
    this.#find("removed").textContent = found.removed.length.toLocaleString("en");
    this.choose(this.#seen(this.#chosen) ? this.#chosen : objects[0]?.index ?? null);
  }

  #drawNothing() {
    this.#find("tally").textContent = "Press Run, and what is found stands here.";
    for (const part of ["chips", "rows", "presence", "removed"]) this.#find(part).replaceChildren();
    this.choose(null);
  }

  #listen() {
    const { bench } = this;
    bench.addEventListener("values", () => {
      cancelAnimationFrame(this.#waiting); // many moves of a slider between two frames are drawn once
      this.#waiting = requestAnimationFrame(() => this.#draw());
    });
    bench.fields.form.addEventListener("change", ({ target }) => {
      if (this.answer && INSTANT.includes(target.name)) bench.say(this.#find("tally").textContent, { aloudOnly: true });
    });
    this.#on("chips", "click", "button", ({ dataset }) => {
      if (!this.#only.delete(dataset.key)) this.#only.add(dataset.key);
      this.#draw();
    });
    this.#on("presence", "click", "button", () => {
      this.#whole = !this.#whole;
      this.#draw();
    });
    this.#on("rows", "click", "tr", ({ dataset }) => this.choose(Number(dataset.row)));
    for (const type of ["pointerover", "focusin"]) this.#on("rows", type, "tr", ({ dataset }) => this.mark(Number(dataset.row)));
    for (const type of ["pointerleave", "focusout"]) this.#find("rows").addEventListener(type, () => this.mark(null));
    this.#on("downloads", "click", "button", async ({ dataset }) => {
      const { save } = await import("./downloads.js");
      if (this.shown) save(dataset.kind, this.answer.data, this.shown.objects, this.#photo());
    });
    this.#find("save-crop").addEventListener("click", async () => {
      const { hand } = await import("./downloads.js");
      this.#find("cut").querySelector("canvas").toBlob((blob) => hand(blob, `${this.#seen(this.#chosen).label}.png`));
    });
  }

  /** Loads a part of the bench when a reader opens it. */
  async #open(root) {
    const part = await import(`./${root.dataset.part}.js`);
    this.#parts.push(part.default(root.querySelector(".inside"), this.#view()) ?? {});
  }

  /** @returns {View} */
  #view() {
    const { bench, overlay } = this;
    return {
      bench,
      layer: overlay.layer,
      unit: () => overlay.unit,
      answer: () => this.answer,
      shown: () => this.shown,
      together: (pair) => overlay.together(pair, this.answer?.data),
      settings: () => bench.fields.values(),
      head: () => this.#readHead(),
    };
  }

  async #readHead() {
    if (!this.answer || !this.#files.head) return null;
    const { grids, classes } = this.answer.data;
    this.#head ??= Promise.all([fetched(this.#files.head), import("./arrays.js")]).then(([file, { head }]) => head(file, grids, classes.length));
    return this.#head;
  }

  #on(part, type, selector, act) {
    this.#find(part).addEventListener(type, ({ target }) => {
      const hit = target.closest(selector);
      if (hit) act(hit);
    });
  }

  #seen(index) {
    return this.shown?.objects.find((each) => each.index === index) ?? null;
  }

  #rows() {
    return [...this.#find("rows").children];
  }

  #photo() {
    return this.bench.frame("photo").querySelector("img:last-child");
  }

  #find(part) {
    return this.bench.find(part);
  }
}

/** A file of the run; an array without a row has none. */
async function fetched(url) {
  if (!url) return new ArrayBuffer(0);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("The file could not be read.");
  return answer.arrayBuffer();
}
