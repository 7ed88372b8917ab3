// A lost robot in a world that can be painted: it is driven with keys and buttons, and the filter follows what it saw.
// @ts-check

import { line, paint } from "./chart.js";
import { rows, svg } from "./elements.js";
import { anywhere, COLOURS, driven, entropy, glimpsed, likeliest, STEPS, trail } from "./histogram.js";
import { figure, percent } from "./wording.js";

const SIDE = 60;
const MOST = 100;
const LETTERS = Object.keys(COLOURS);
const KEYS = { ArrowRight: ">", ArrowLeft: "<", ArrowUp: "^", ArrowDown: "v", " ": "look" };
const MOVES = { ">": "moved right", "<": "moved left", "^": "moved up", v: "moved down" };
const COURSE = { world: "grrgg", drive: "r>r>", hit: 0.6, miss: 0.2, slip: 0.1, doubt: 0, cyclic: true };

/** @param {string | null} text @returns {string[][] | null} */
export function readWorld(text) {
  const rows = (text ?? "grrgg").replace(/ /g, "").toLowerCase().replace(/^\/+|\/+$/g, "").split("/");
  const fits = rows.every((row) => /^[rbgy]+$/.test(row) && row.length === rows[0].length && row.length <= 12) && rows.length <= 8 && rows.join("").length > 1;
  return fits ? rows.map((row) => [...row]) : null;
}

/** @param {string[][]} world @param {number[][][]} beliefs */
export function lost(world, beliefs) {
  const belief = beliefs[beliefs.length - 1];
  const at = likeliest(belief);
  return `Likeliest: ${place(at, world)}, with ${percent(belief[at[0]][at[1]])}. ${figure(entropy(belief))} of ${figure(Math.log2(world.length * world[0].length))} bits are missing.`;
}

const place = ([row, column], world) => (world.length === 1 ? `cell ${column + 1}` : `row ${row + 1}, cell ${column + 1}`);
const told = (action) => (action in COLOURS ? `saw ${COLOURS[action]}` : MOVES[action]);

/** @param {import("./panel.js").View} view */
export default (view) => new Robot(view);

class Robot {
  #world = /** @type {string[][]} */ ([]);
  #beliefs = /** @type {number[][][]} */ ([]);
  #at = /** @type {number[] | null} */ (null); // where it really is, once that matters

  constructor(view) {
    this.view = view;
    this.box = view.find("world");
    this.box.addEventListener("keydown", (event) => this.#keyed(event));
    this.box.addEventListener("click", (event) => this.#paint(event));
    view.find("paint").addEventListener("change", ({ target }) => this.box.classList.toggle("painting", target.checked));
    view.find("show").addEventListener("change", () => this.#draw());
    view.bench.querySelector("[data-part=robot] .drive").addEventListener("click", ({ target }) => {
      const what = target.closest("[data-do]")?.dataset.do;
      if (what) this.#act(what);
    });
    view.find("take").parentElement.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      this.#at = null;
      view.set(button.dataset.take ? { drive: null, world: button.dataset.take } : COURSE);
    });
  }

  draw(values) {
    const world = readWorld(values.world);
    const drive = (values.drive ?? "").replace(/ /g, "").toLowerCase();
    if (!world) return { world: "World: rows of the letters r, b, g, y, all as long, with / between them; at most 8 rows of 12." };
    if (!/^[rbgy<>^v]*$/.test(drive) || drive.length > MOST) return { drive: `Drive: the letters r, b, g, y for what it saw, and > < ^ v for how it moved, ${MOST} at most.` };
    if (this.#at && (world.length <= this.#at[0] || world[0].length <= this.#at[1])) this.#at = null;
    [this.#world, this.#beliefs] = [world, trail(world, drive, values)];
    this.#draw();
    this.#tell(drive);
    return null;
  }

  /** What it does becomes part of the drive; where it is now stays hidden. */
  #act(what) {
    const { view } = this;
    if (what === "kidnap") return this.#kidnap();
    if (what === "anew") {
      this.#at = null;
      return view.set({ drive: null });
    }
    const values = view.values();
    const before = values.drive ?? "";
    if (before.length >= MOST) return view.bench.say(`That was ${MOST} steps: press “Lost again”`);
    if (what in STEPS) this.#at = driven(this.#place(), STEPS[what], this.#world, values, Math.random);
    view.set({ drive: before + (what in STEPS ? what : glimpsed(this.#place(), this.#world, values, Math.random)) });
  }

  #kidnap() {
    this.#at = anywhere(this.#world.map((row) => row.map(() => 1)), Math.random);
    this.#draw();
    this.view.bench.say("It was carried off, and knows nothing of it");
  }

  /** Where it really is: at first somewhere that fits what it has seen. */
  #place() {
    return this.#at ??= anywhere(this.#beliefs[this.#beliefs.length - 1], Math.random);
  }

  #keyed(event) {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#act(KEYS[event.key]);
  }

  /** The next colour for a cell, while cells are painted. */
  #paint({ target }) {
    const [y, x] = target.closest("[data-cell]")?.dataset.cell.split(" ").map(Number) ?? [];
    if (y === undefined || !this.view.find("paint").checked) return;
    const next = this.#world.map((row) => [...row]);
    next[y][x] = LETTERS[(LETTERS.indexOf(next[y][x]) + 1) % LETTERS.length];
    this.view.set({ world: next.map((row) => row.join("")).join("/") });
  }

  #draw() {
    const [belief, wide] = [this.#beliefs[this.#beliefs.length - 1], this.#world[0].length];
    const digits = wide <= 6 ? 4 : wide <= 8 ? 2 : 0;
    const cells = this.#world.flatMap((row, y) => row.map((colour, x) => cell(colour, belief[y][x], x, y, digits)));
    const picture = this.box.querySelector("svg");
    picture.setAttribute("viewBox", `0 0 ${wide * SIDE} ${this.#world.length * SIDE}`);
    picture.replaceChildren(...cells, ...(this.view.find("show").checked ? [mark(this.#place())] : []));
  }

  /** The sentence, the curve, and the steps one by one. */
  #tell(drive) {
    const { view } = this;
    const [world, beliefs] = [this.#world, this.#beliefs];
    const words = lost(world, beliefs);
    if (view.find("told").textContent !== words) view.bench.say(`${drive ? `It ${told(drive.slice(-1))}. ` : ""}${words}`, { aloudOnly: true });
    view.find("told").textContent = words;
    for (const way of ["^", "v"]) view.bench.querySelector(`[data-part=robot] [data-do="${way}"]`).hidden = world.length === 1;
    const missing = beliefs.map(entropy);
    const most = Math.log2(world.length * world[0].length);
    paint(view.find("chart"), { entropy: line(missing.map((bits, i) => [i / Math.max(1, missing.length - 1), bits / most])) });
    rows(view.find("steps"), beliefs.map((belief, i) => {
      const best = likeliest(belief);
      return [i ? told(drive[i - 1]) : "start", `${place(best, world)}, ${percent(belief[best[0]][best[1]])}`, `${figure(missing[i])} bits`];
    }));
  }
}

/** The robot itself, in the corner of its cell. */
const mark = ([y, x]) => svg("path", { class: "robot", d: `M${x * SIDE + 48} ${y * SIDE + 5}l9 16h-18z` });

function cell(colour, p, x, y, digits) {
  const [left, top] = [x * SIDE, y * SIDE];
  return svg(
    "g",
    { "data-cell": `${y} ${x}` },
    svg("rect", { class: `cell ${colour}`, x: left + 1, y: top + 1, width: SIDE - 2, height: SIDE - 2 }),
    svg("text", { class: "letter", x: left + 7, y: top + 15 }, colour),
    svg("circle", { class: "belief", cx: left + 30, cy: top + 25, r: (19 * Math.sqrt(p)).toFixed(1) }),
    ...(digits ? [svg("text", { class: "middle p", x: left + 30, y: top + 55 }, p.toFixed(digits))] : []),
  );
}
