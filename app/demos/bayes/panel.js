// What is its own of the bench of Bayes’ rule: one part at a time, each answered here; parts other than the first are loaded when opened.
// @ts-check

import { paced } from "/static/js/pace.js";
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
 * @property {() => Record<string, any>} values of all controls, as far as the reader has come
 * @property {(changes: Record<string, any>) => void} set controls, as if the reader had
 * @property {(part: string) => any} find what a part's HTML calls by this name
 */

const OF_TEST = ["test", "row", "base-rate"]; // they ask for the three numbers
const GONE = "The server cannot be reached, and this is not here yet. Try again in a moment.";
const PAUSE = 250; // ms between two addresses of the page: browsers refuse to be told more often

class Panel {
  #parts = new Map();
  #frame = 0;
  #ahead = {}; // what is dragged is drawn at once, and reaches the controls a little later
  #commit = paced(() => this.#show(), PAUSE);

  constructor(bench) {
    this.bench = bench;
    this.problem = JSON.parse(bench.find("parts").dataset.problem);
    this.slide = sliders(bench, this.#view("test"));
    bench.addEventListener("values", () => this.#soon());
    this.draw();
  }

  get instant() {
    return Object.keys(this.bench.fields.values());
  }

  changed(name) {
    delete this.#ahead[name]; // the reader was later
    if (name === "problem") this.#pose();
  }

  get values() {
    return { ...this.bench.fields.values(), ...this.#ahead };
  }

  async draw() {
    const { fields } = this.bench;
    const { values } = this;
    const asked = values.part ?? "test";
    const wrong = OF_TEST.includes(asked) && RATES.find((name) => values[name] !== null && !(values[name] >= 0 && values[name] <= 100));
    fields.complain(wrong ? { [wrong]: `${fields.label(wrong)} must be from 0 to 100.` } : {});
    if (wrong) return;
    this.slide();
    const part = await this.#part(asked).catch(() => null);
    if (fields.value("part") !== values.part) return; // the reader has gone on
    for (const place of this.bench.querySelectorAll("[data-part]")) place.hidden = place.dataset.part !== asked;
    if (!part) return this.bench.say(GONE);
    const problems = part.draw(this.values);
    if (problems) fields.complain(problems);
  }

  /** Another problem: its numbers take the place of the reader's. */
  async #pose() {
    const name = this.bench.fields.value("problem");
    const known = await import("./server.js").then(({ problem }) => problem(this.bench, name)).catch(() => null);
    if (this.bench.fields.value("problem") !== name) return;
    if (!known) return this.bench.say(GONE);
    this.problem = known;
    this.#set({ prior: null, sensitivity: null, false_positive: null, people: null });
    this.draw();
  }

  #set(changes) {
    Object.assign(this.#ahead, changes);
    this.#soon();
    this.#commit();
  }

  #show() {
    const { fields } = this.bench;
    const changes = Object.entries(this.#ahead);
    this.#ahead = {};
    for (const [name, value] of changes) if (fields.value(name) !== value) fields.set(name, value);
  }

  #soon() {
    cancelAnimationFrame(this.#frame); // many moves between two frames are drawn once
    this.#frame = requestAnimationFrame(() => this.draw());
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
    if (places.some((place) => !place.children.length)) await (await import("./server.js")).fill(this.bench, places, name);
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
      test: () => numbers(this.values, this.problem),
      total: () => this.values.people ?? this.problem.total,
      values: () => this.values,
      set: (changes) => this.#set(changes),
      find: (part) => bench.querySelector(`[data-part="${name}"] [data-${part}]`),
    };
  }
}

export default (bench) => new Panel(bench);
