// What is its own of the bench of Bayes’ rule: one part at a time, each answered here; parts other than the first are loaded when opened.
// @ts-check

import { query } from "/static/js/address.js";
import { numbers, RATES } from "./drag.js";
import test, { sliders } from "./test.js";

/**
 * What a part (test, row, base-rate, robot, coin, measurement, comparison) is given: `default (view)`, which gives {draw(values)}.
 *
 * @typedef {object} View
 * @property {any} bench
 * @property {() => any} problem its numbers, words and question
 * @property {() => import("./diagnosis.js").Test} test as it stands
 * @property {() => number} total how many people are counted
 * @property {(changes: Record<string, any>) => void} set controls, as if the reader had
 * @property {(part: string) => any} find what a part's HTML calls by this name
 */

const OF_TEST = ["test", "row", "base-rate"]; // they ask for the three numbers

class Panel {
  #parts = new Map();
  #problems = new Map();
  #frame = 0;

  constructor(bench) {
    this.bench = bench;
    this.problem = JSON.parse(bench.find("parts").dataset.problem);
    this.#problems.set(this.problem.name, this.problem);
    this.slide = sliders(bench, this.#view("test"));
    bench.addEventListener("values", () => {
      cancelAnimationFrame(this.#frame); // many moves between two frames are drawn once
      this.#frame = requestAnimationFrame(() => this.draw());
    });
    this.draw();
  }

  get instant() {
    return Object.keys(this.bench.fields.values());
  }

  changed(name) {
    if (name === "problem") this.#pose();
  }

  async draw() {
    const { fields } = this.bench;
    const values = fields.values();
    const wrong = OF_TEST.includes(values.part) && RATES.find((name) => values[name] !== null && !(values[name] >= 0 && values[name] <= 100));
    fields.complain(wrong ? { [wrong]: `${fields.label(wrong)} must be from 0 to 100.` } : {});
    if (wrong) return;
    this.slide();
    const part = await this.#part(values.part).catch(() => null);
    if (fields.value("part") !== values.part) return; // the reader has gone on
    for (const place of this.bench.querySelectorAll("[data-part]")) place.hidden = place.dataset.part !== values.part;
    if (!part) return this.bench.say("The server cannot be reached, and this part is not here yet. Try again in a moment.");
    const problems = part.draw(values);
    if (problems) fields.complain(problems);
  }

  /** Another problem: its numbers take the place of the reader's. */
  async #pose() {
    const name = this.bench.fields.value("problem");
    const known = this.#problems.get(name) ?? await fetch(`/api/v1/demos/${this.bench.dataset.name}${query({ problem: name })}`).then((answer) => answer.json()).then(({ problem }) => problem, () => null);
    if (this.bench.fields.value("problem") !== name) return;
    if (!known) return this.bench.say("The server cannot be reached, and this problem is not here yet. Try again in a moment.");
    this.#problems.set(name, this.problem = known);
    this.#set({ prior: null, sensitivity: null, false_positive: null, people: null });
    this.draw();
  }

  #set(changes) {
    const { fields } = this.bench;
    for (const [name, value] of Object.entries(changes)) if (fields.value(name) !== value) fields.set(name, value);
  }

  /** A part, loaded when it is opened for the first time. */
  #part(name) {
    const known = this.#parts.get(name) ?? this.#load(name);
    this.#parts.set(name, known);
    known.catch(() => this.#parts.delete(name));
    return known;
  }

  async #load(name) {
    const places = [...this.bench.querySelectorAll(`[data-part="${name}"]`)];
    if (places.some((place) => !place.children.length)) {
      const address = `/demos/${this.bench.dataset.name}${query({ ...this.bench.fields.changes(), part: name })}`;
      const page = new DOMParser().parseFromString(await fetch(address).then((answer) => answer.text()), "text/html");
      for (const place of places) place.replaceChildren(...page.querySelector(`[data-part="${name}"][data-place=${place.dataset.place}]`).childNodes);
    }
    const part = name === "test" ? test : (await import(`./${name}.js`)).default;
    const own = part(this.#view(name));
    for (const place of places) place.dataset.awake = "";
    return own;
  }

  /** @returns {View} */
  #view(name) {
    const { bench } = this;
    return {
      bench,
      problem: () => this.problem,
      test: () => numbers(bench.fields.values(), this.problem),
      total: () => bench.fields.value("people") ?? this.problem.total,
      set: (changes) => this.#set(changes),
      find: (part) => bench.querySelector(`[data-part="${name}"] [data-${part}]`),
    };
  }
}

export default (bench) => new Panel(bench);
