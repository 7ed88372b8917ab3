// Two to four searches on the same map in lockstep, each with its algorithm, heuristic and weight, and their counters.
// @ts-check

import { paced } from "/static/js/pace.js";
import { answered, cheapest, here } from "./asking.js";
import { Board, brief } from "./board.js";
import { button, choices, html, select } from "./elements.js";
import { ratio } from "./figures.js";
import { NAMES } from "./heuristics.js";
import { inscribe } from "./inscriptions.js";
import { Replay } from "./replay.js";

const FIRST = [["astar", "octile"], ["dijkstra", "zero"], ["greedy", "octile"], ["weighted", "octile"]];
const LEAST = 2;
const PAUSE = 200;
const SPEED = 12; // seconds for which the longest search is shown
const COUNTERS = [["expanded", "Expanded"], ["generated", "Opened"], ["cost", "Cost"], ["ratio", "÷ cheapest"], ["peak", "Peak open"], ["ms", "ms"]];

class Pane {
  film = null;
  result = null;

  constructor(desk, number, [algorithm, heuristic], changed) {
    Object.assign(this, { desk, chosen: { algorithm, heuristic, weight: 2 } });
    const set = (name) => (value) => {
      this.chosen[name] = name === "weight" ? Number(value) : value;
      weight.hidden = this.chosen.algorithm !== "weighted";
      changed(this);
    };
    const weight = html("input", { type: "number", min: 1, max: 10, step: 0.1, value: 2, hidden: algorithm !== "weighted", "aria-label": "Weight", onchange: (event) => set("weight")(event.target.value) });
    this.canvas = html("canvas", { width: 1, height: 1, role: "img", "aria-label": `Map of search ${number}` });
    this.cells = Object.fromEntries(COUNTERS.map(([name]) => [name, html("dd")]));
    this.said = html("p", { class: "problem" });
    this.element = html("div", { class: "pane", role: "group", "aria-label": `Search ${number}` },
      html("div", { class: "row" }, select("", choices(desk.bench, "algorithm"), algorithm, set("algorithm"), { "aria-label": "Algorithm" }), select("", NAMES.map((name) => [name, name]), heuristic, set("heuristic"), { "aria-label": "Heuristic" }), weight),
      html("div", { class: "small" }, this.canvas), this.said,
      html("dl", { class: "figures" }, ...COUNTERS.map(([name, words]) => html("div", {}, html("dt", {}, words), this.cells[name]))));
    this.board = Object.assign(new Board(this.canvas, desk.board.palette), { inscribe });
  }

  async solve() {
    const { base, changes, ...question } = this.desk.question(this.chosen);
    try {
      this.result = await answered(question, { steps: true });
      this.result.optimum = cheapest(question, this.result);
      this.said.textContent = here(question) ? "" : "Answered by the server";
    } catch (error) {
      this.result = null;
      this.said.textContent = Object.values(error.problems ?? {}).join(" ") || error.message;
    }
    this.film = new Replay(this.result?.steps ?? []);
    this.peak = this.film.to(Infinity).peak;
  }

  get length() {
    return this.film?.steps.length ?? 0;
  }

  /** @param {number} count expansions */
  show(count) {
    const { terrain, start, goals } = this.desk;
    if (!this.result) return this.board.draw({ terrain, start, goals });
    const over = count >= this.length;
    const film = this.film.to(over ? this.length : count);
    const { result } = this;
    this.board.draw({ terrain, start, goals, ...(over ? { order: result.order, path: result.path } : { state: film }) });
    const told = {
      expanded: (over ? result.expanded : film.count).toLocaleString("en"), generated: (over ? result.generated : film.generated).toLocaleString("en"),
      cost: !over ? "…" : result.found ? brief(result.cost) : "no path", ratio: over && result.found ? ratio(result.cost, result.optimum) : "…",
      peak: (over ? this.peak : film.peak).toLocaleString("en"), ms: result.milliseconds.toFixed(1),
    };
    for (const [name, words] of Object.entries(told)) this.cells[name].textContent = words;
  }
}

class Compare {
  panes = [];
  #frame = 0;

  constructor(desk, place) {
    Object.assign(this, { desk, place });
    this.scrub = html("input", { type: "range", min: 0, max: 1, step: "any", value: 1, "aria-label": "How far they are", "data-together": true, oninput: () => { this.stop(); this.show(); } });
    this.play = button("Play", () => (this.#frame ? this.stop() : this.run()), { "data-race": true });
    this.step = select("In step by ", [["expansions", "expansions"], ["time", "time"]], "expansions", () => this.show());
    this.less = button("One less", () => this.resize(-1));
    this.more = button("One more", () => this.resize(1), { "data-more": true });
    this.grid = html("div", { class: "panes" });
    this.said = html("p", { class: "said", role: "status" });
    place.append(html("div", { class: "row" }, this.play, this.step, this.less, this.more), this.scrub, this.grid, this.said);
    for (const each of FIRST.slice(0, LEAST)) this.add(each);
    this.all = paced(() => this.solve(), PAUSE);
    for (const event of ["map", "answer"]) desk.addEventListener(event, () => place.closest("details").open && this.all());
    place.closest("details").addEventListener("toggle", () => place.closest("details").open && this.all());
    this.all();
  }

  add(chosen) {
    const pane = new Pane(this.desk, this.panes.length + 1, chosen, async () => { await pane.solve(); this.end(); });
    this.panes.push(pane);
    this.grid.append(pane.element);
    this.less.disabled = this.panes.length === LEAST;
    this.more.disabled = this.panes.length === FIRST.length;
    return pane;
  }

  async resize(by) {
    if (by > 0) await this.add(FIRST[this.panes.length]).solve();
    else this.panes.pop()?.element.remove();
    this.less.disabled = this.panes.length === LEAST;
    this.more.disabled = this.panes.length === FIRST.length;
    this.end();
  }

  async solve() {
    await Promise.all(this.panes.map((pane) => pane.solve()));
    this.end();
  }

  /** All at their ends. */
  end() {
    this.stop();
    this.scrub.value = "1";
    this.show();
    const told = this.panes.filter(({ result }) => result?.found);
    const least = Math.min(...told.map(({ result }) => result.expanded));
    const name = (pane) => pane.element.querySelector("select").selectedOptions[0].textContent;
    this.said.textContent = told.length ? `Fewest expansions: ${told.filter(({ result }) => result.expanded === least).map(name).join(", ")}, ${least.toLocaleString("en")}.` : "";
  }

  show() {
    const share = this.scrub.valueAsNumber;
    const longest = Math.max(1, ...this.panes.map(({ length }) => length));
    const slowest = Math.max(...this.panes.map(({ result }) => result?.milliseconds ?? 0)) || 1;
    const byTime = this.step.querySelector("select").value === "time";
    for (const pane of this.panes) {
      const count = byTime ? pane.length * share * slowest / (pane.result?.milliseconds || slowest) : share * longest;
      pane.show(Math.floor(count + 1e-9));
    }
  }

  run() {
    if (this.scrub.valueAsNumber >= 1) this.scrub.value = "0";
    const longest = Math.max(1, ...this.panes.map(({ length }) => length));
    const seconds = Math.min(SPEED, Math.max(2, longest / 40));
    let before = performance.now();
    const next = (now) => {
      this.scrub.value = String(Math.min(1, this.scrub.valueAsNumber + Math.max(0, now - before) / 1000 / seconds));
      before = now;
      this.show();
      if (this.scrub.valueAsNumber >= 1) return this.stop();
      this.#frame = requestAnimationFrame(next);
    };
    this.play.textContent = "Pause";
    this.#frame = requestAnimationFrame(next);
  }

  stop() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.play.textContent = "Play";
  }
}

export default (desk, place) => new Compare(desk, place);
