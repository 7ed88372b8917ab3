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
export default function robot(view) {
  const { bench } = view;
  const box = view.find("world");
  const boxes = { show: view.find("show"), paint: view.find("paint") };
  let [world, drive, ways, beliefs] = [/** @type {string[][]} */ ([]), "", /** @type {any} */ ({}), /** @type {number[][][]} */ ([])];
  let at = /** @type {number[] | null} */ (null); // where it really is

  /** What it does becomes part of the drive; where it is now stays hidden. */
  function act(what) {
    if (!world.length) return;
    at ??= anywhere(beliefs[beliefs.length - 1], Math.random);
    if (what === "kidnap") {
      at = anywhere(world.map((row) => row.map(() => 1)), Math.random);
      draw();
      return bench.say("It was carried off, and knows nothing of it");
    }
    if (what === "anew") {
      at = null;
      return view.set({ drive: null });
    }
    const before = view.values().drive ?? "";
    if (before.length >= MOST) return bench.say(`That was ${MOST} steps: press “Lost again”`);
    if (what in STEPS) at = driven(at, STEPS[what], world, ways, Math.random);
    view.set({ drive: before + (what in STEPS ? what : glimpsed(at, world, ways, Math.random)) });
  }

  function painted({ target }) {
    const cell = target.closest("[data-cell]")?.dataset.cell.split(" ").map(Number);
    if (!cell || !boxes.paint.checked) return;
    const next = world.map((row) => [...row]);
    next[cell[0]][cell[1]] = LETTERS[(LETTERS.indexOf(next[cell[0]][cell[1]]) + 1) % LETTERS.length];
    view.set({ world: next.map((row) => row.join("")).join("/") });
  }

  function draw() {
    const belief = beliefs[beliefs.length - 1];
    const size = world[0].length;
    const digits = size <= 6 ? 4 : size <= 8 ? 2 : 0;
    const cells = world.flatMap((row, y) => row.map((colour, x) => cell(colour, belief[y][x], x, y, digits)));
    const picture = box.querySelector("svg");
    picture.setAttribute("viewBox", `0 0 ${size * SIDE} ${world.length * SIDE}`);
    const shown = boxes.show.checked && at ? [svg("path", { class: "robot", d: `M${at[1] * SIDE + 48} ${at[0] * SIDE + 5}l9 16h-18z` })] : [];
    picture.replaceChildren(...cells, ...shown);
  }

  bench.querySelector("[data-part=robot][data-place=stage] .drive").addEventListener("click", ({ target }) => {
    const what = target.closest("[data-do]")?.dataset.do;
    if (what) act(what);
  });
  box.addEventListener("keydown", (event) => {
    if (!KEYS[event.key] || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(KEYS[event.key]);
  });
  box.addEventListener("click", painted);
  boxes.paint.addEventListener("change", () => box.classList.toggle("painting", boxes.paint.checked));
  boxes.show.addEventListener("change", () => {
    at ??= anywhere(beliefs[beliefs.length - 1], Math.random);
    draw();
  });
  view.find("take").parentElement.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button) return;
    at = null;
    view.set(button.dataset.take ? { drive: null, world: button.dataset.take } : COURSE);
  });

  return {
    draw(values) {
      const next = readWorld(values.world);
      const steps = (values.drive ?? "").replace(/ /g, "").toLowerCase();
      if (!next) return { world: "World: rows of the letters r, b, g, y, all as long, with / between them; at most 8 rows of 12." };
      if (!/^[rbgy<>^v]*$/.test(steps) || steps.length > MOST) return { drive: `Drive: the letters r, b, g, y for what it saw, and > < ^ v for how it moved, ${MOST} at most.` };
      if (at && (next.length <= at[0] || next[0].length <= at[1])) at = null;
      [world, drive, ways] = [next, steps, values];
      beliefs = trail(world, drive, ways);
      draw();
      const words = lost(world, beliefs);
      if (view.find("told").textContent !== words) bench.say(`${drive ? `It ${told(drive.slice(-1))}. ` : ""}${words}`, { aloudOnly: true });
      view.find("told").textContent = words;
      for (const way of ["^", "v"]) bench.querySelector(`[data-part=robot] [data-do="${way}"]`).hidden = world.length === 1;
      const missing = beliefs.map(entropy);
      const most = Math.log2(world.length * world[0].length);
      paint(view.find("chart"), { entropy: line(missing.map((bits, i) => [i / Math.max(1, missing.length - 1), bits / most])) });
      rows(view.find("steps"), beliefs.map((belief, i) => {
        const best = likeliest(belief);
        return [i ? told(drive[i - 1]) : "start", `${place(best, world)}, ${percent(belief[best[0]][best[1]])}`, `${figure(missing[i])} bits`];
      }));
      return null;
    },
  };
}

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
