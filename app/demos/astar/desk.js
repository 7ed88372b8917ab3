// The desk of the bench: the map as it stands, the question about it, the answer, and what parts of the bench do with them.
// @ts-check

import { paced } from "/static/js/pace.js";
import { answered, cheapest, here, part } from "./asking.js";
import { Pens } from "./pens.js";
import { Terrain } from "./terrain.js";
import { solve } from "./best_first.js";

const LONGEST = 3500; // of a map's code in an address
const MOST_CHANGES = 64;
const PAST = 100;
const PAUSE = 120;
const GONE = "The server cannot be reached, and this part is not here yet. Try again in a moment.";

/** Of what changes it tells events: "answer" with a new answer, "map" with another map, start or goals. */
export class Desk extends EventTarget {
  result = null;
  replay = null; // where a reader has gone back to
  veiled = false; // a question is asked, so nothing of the search is shown
  seen = {}; // what parts add to the drawing
  breaks = new Set();
  base = null; // the map before the last stroke, for D* Lite
  #past = [];
  #future = [];
  #frame = 0;
  #turn = 0;
  #told = {};

  constructor(bench, board, { terrain, start, goals }) {
    super();
    Object.assign(this, { bench, board, terrain, start, goals, place: bench.find("astar") });
    this.place.toggleAttribute("data-drawn", true);
    this.#told = this.#texts();
    const changes = this.#told.algorithm === "dstar" && this.#told.changes;
    if (changes) this.#change(changes);
    this.pens = new Pens(this);
    this.#ask = paced(() => this.#fetch(), PAUSE);
    new ResizeObserver(() => this.draw()).observe(board.canvas.parentElement);
    new MutationObserver(() => this.draw()).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.draw());
    this.#equip();
    this.renew();
  }

  #ask;

  /** What is asked now; null while a control holds what cannot be. */
  question(changes = {}) {
    const { algorithm, heuristic, weight, diagonal, ties } = { ...this.bench.fields.values(), ...changes };
    const { terrain, start, goals, formula } = this;
    return { terrain, start, goal: goals, algorithm, heuristic: heuristic ?? "octile", weight, diagonal, ties, landmarks: this.landmarks, formula: heuristic === this.formulaText ? formula : undefined, ...(algorithm === "dstar" && this.#mended()) };
  }

  get landmarks() {
    return (this.bench.fields.value("landmarks") ?? "").split(" ").filter(Boolean).map((text) => text.split(",").map(Number)).filter(([x, y]) => this.terrain.has(x, y) && this.terrain.cells[this.terrain.at([x, y])]);
  }

  /** The controls have changed, by the reader's hand or ours. */
  async read() {
    const before = this.#told;
    const now = this.#told = this.#texts();
    if (now.map !== before.map && now.map) {
      const { ready } = await part("maps");
      const found = await ready(now.map).catch(() => null);
      this.bench.fields.complain(found ? {} : { map: "This is no map: a code, MovingAI text, rows, or the name of a ready one." });
      if (found) return this.load(found);
    }
    for (const end of ["start", "goal"]) if (now[end] !== before[end] && now[end]) this.#moved(end, now[end]);
    await this.understand(now.heuristic);
    this.renew();
  }

  /** Another map, with what goes with it. @param {{terrain: Terrain, start?: number[], goal?: number[], name?: string, set?: Record<string, any>}} given */
  load({ terrain, start, goal, name, set = {} }) {
    this.remember();
    this.named = name && { name, code: terrain.code };
    const free = [...terrain.cells.keys()].filter((cell) => terrain.cells[cell]);
    const stands = (place, end) => (place && terrain.has(...place) && terrain.cells[terrain.at(place)] ? place : terrain.place(free.at(end) ?? 0));
    Object.assign(this, { terrain, start: stands(start, 0), goals: [stands(goal, -1)], base: null, veiled: false });
    this.breaks.clear();
    this.commit(set);
  }

  /** Keeps the map as it is, to come back to. */
  remember() {
    this.#past.push(this.#state());
    if (this.#past.length > PAST) this.#past.shift();
    this.#future = [];
    this.base = this.terrain.copy();
  }

  undo(past = this.#past, future = this.#future) {
    const state = past.pop();
    if (!state) return this.bench.say("Nothing to undo");
    future.push(this.#state());
    Object.assign(this, state, { base: null });
    this.commit();
  }

  redo() {
    this.undo(this.#future, this.#past);
  }

  /** A stroke or a drag is over: controls and address say what the map is now. */
  commit(set = {}) {
    const { code } = this.base ?? this.terrain;
    const small = code.length <= LONGEST;
    const { changes } = this.#mended();
    const at = (...places) => (small ? places.map((place) => place.join()).join(" ") : null);
    const ends = { start: at(this.start), goal: at(...this.goals) };
    const map = small ? code : null;
    this.#told = { ...this.#told, map, ...ends };
    const dstar = (set.algorithm ?? this.#told.algorithm) === "dstar";
    if (!dstar) this.base = null;
    const own = { map: dstar || !small ? map : this.named?.code === this.terrain.code ? this.named.name : this.terrain.code, changes: dstar && changes?.length ? changes.map((each) => each.join()).join(" ") : null };
    this.#told.map = own.map;
    this.bench.fields.fill({ ...set, ...ends, ...own });
    this.bench.find("link").hidden = !small;
    if (!small) this.bench.say("This map is too large for a link: keep it as a file");
    this.dispatchEvent(new Event("map"));
  }

  /** A new answer with the next frame. */
  renew() {
    cancelAnimationFrame(this.#frame);
    this.#turn++;
    this.#frame = requestAnimationFrame(() => {
      const question = this.question();
      if (here(question)) this.#show(solve(question), question);
      else this.#ask();
    });
  }

  draw() {
    const { terrain, start, goals, result, replay, breaks, landmarks, pens } = this;
    const shown = this.veiled ? {} : replay ? { state: replay } : { order: result?.order, path: result?.path };
    const marks = this.bench.fields.value("heuristic") === "landmarks" ? { landmarks } : {};
    this.board.draw({ terrain, start, goals, breaks, cursor: pens?.cursor, box: pens?.box, ...marks, ...shown, ...(this.veiled || replay ? {} : this.seen) });
  }

  /** What was hidden is shown, from the first step on. */
  unveil() {
    this.veiled = false;
    this.renew();
    this.addEventListener("answer", () => this.transport?.play.click(), { once: true });
  }

  /** The answer with its steps, which are told only when they are wanted. */
  async stepped(question = this.question()) {
    return answered(question, { steps: true });
  }

  async #fetch() {
    const [question, turn] = [this.question(), this.#turn];
    try {
      const result = await answered(question);
      if (turn !== this.#turn) return; // the next one is on its way
      this.bench.fields.complain({});
      this.bench.voice.fail("");
      this.#show(result, question);
    } catch (error) {
      this.bench.refused(error);
    }
  }

  #show(result, question) {
    this.result = { ...result, optimum: cheapest(question, result) };
    this.replay = null;
    this.seen = {};
    this.dispatchEvent(new Event("answer"));
    this.draw();
    part("figures").then(({ tell }) => tell(this));
  }

  /** A heuristic that is none of the names is a formula. */
  async understand(text) {
    if (!text || text === this.formulaText || !/[-+*/(]/.test(text)) return;
    const { formula } = await part("formula");
    Object.assign(this, { formulaText: text, formula: formula(text.trim()) ?? undefined });
  }

  #moved(end, text) {
    const places = text.trim().split(/\s+/).map((each) => each.split(",").map(Number));
    const stands = places.every((place) => place.length === 2 && this.terrain.has(...place) && this.terrain.cells[this.terrain.at(place)]);
    this.bench.fields.complain(stands ? {} : { [end]: `The ${end} must be a free cell of the map, such as ${(end === "start" ? this.start : this.goals[0]).join()}.` });
    if (stands) Object.assign(this, end === "start" ? { start: places[0] } : { goals: places });
  }

  #texts() {
    const { map, start, goal, algorithm, heuristic, changes } = this.bench.fields.values();
    return { map, start, goal, algorithm, heuristic, changes };
  }

  #state() {
    return { terrain: this.terrain.copy(), start: this.start, goals: this.goals };
  }

  /** What D* Lite is told: the map as it was, and which cells have changed since. */
  #mended() {
    const { base, terrain } = this;
    if (base?.cells.length !== terrain.cells.length) return {};
    const changes = [...terrain.cells.keys()].filter((cell) => base.cells[cell] !== terrain.cells[cell]).map((cell) => [...terrain.place(cell), terrain.cells[cell]]);
    return changes.length && changes.length <= MOST_CHANGES ? { base, changes } : {};
  }

  #change(text) {
    this.base = this.terrain.copy();
    for (const each of text.split(" ")) {
      const [x, y, weight] = each.split(",").map(Number);
      if (this.terrain.has(x, y)) this.terrain.cells[this.terrain.at([x, y])] = weight;
    }
  }

  /** Parts are loaded when they are opened. */
  #equip() {
    for (const name of ["keys", "transport", "chooser"]) part(name).then(({ equip }) => equip(this));
    for (const drawer of this.bench.querySelectorAll("[data-part]")) {
      const open = () => part(drawer.dataset.part).then(({ default: fill }) => fill(this, drawer.querySelector("[data-inside]")), () => this.bench.say(GONE));
      if (drawer.open) open();
      else drawer.addEventListener("toggle", open, { once: true });
    }
  }
}
