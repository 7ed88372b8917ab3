// The people as dots, group after group: the borders between the groups are dragged from person to person.
// @ts-check

import { apportioned } from "./diagnosis.js";
import { rounded, withPosterior } from "./drag.js";
import { grip } from "./grips.js";
import { count, percent } from "./wording.js";

const [ACROSS, DOWN, MOST] = [400, 250, 2000];
const BOX = { x: -10, y: -30, width: 420, height: 310 };
const BORDERS = { prior: "base rate", sensitivity: "sensitivity", false_positive: "false positives", posterior: "share that is so, of the positive" };
const OFF = 0.1; // of the height: handles stand above and below their row, so that no two are in each other's way

/** Who is drawn: everybody, or of too many only those with a positive result, `each` of them for one dot. */
export function crowd({ total, whole }) {
  const everybody = total <= MOST;
  const names = everybody ? ["true_positive", "false_negative", "false_positive", "true_negative"] : ["true_positive", "false_positive"];
  const drawn = names.reduce((sum, name) => sum + whole[name], 0);
  let each = 1;
  while (drawn / each > MOST) each *= 10;
  const number = Math.round(drawn / each);
  const groups = apportioned(Object.fromEntries(names.map((name) => [name, whole[name] / each])), number);
  const columns = Math.max(1, Math.ceil(Math.sqrt((number * ACROSS) / DOWN)));
  return { everybody, each, groups, columns, cell: Math.min(ACROSS / columns, DOWN / Math.max(1, Math.ceil(number / columns))) };
}

/** A path for each group: a line for each row, which is drawn in dashes of no length, a cell apart, with round ends. */
export function dots({ groups, columns, cell }) {
  let first = 0;
  return Object.fromEntries(Object.entries(groups).map(([name, number]) => {
    const [end, lines] = [first + number, /** @type {string[]} */ ([])];
    while (first < end) {
      const [row, last] = [Math.floor(first / columns), Math.min(end, (Math.floor(first / columns) + 1) * columns)];
      // half a cell longer than to the last dot, so that rounding does not lose it
      const [x, y, long] = [(first % columns) + 0.5, row + 0.5, last - first - 0.5].map((cells) => tenths(cells * cell));
      lines.push(`M${x} ${y}h${long}`);
      first = last;
    }
    return [name, lines.join("")];
  }));
}

/** The dashes of those lines. */
export const dashes = (cell) => `0 ${cell.toFixed(3)}`;

/** @param {HTMLElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default (place, act) => new People(place, act.set);

class People {
  #seen = crowd({ total: 0, whole: { true_positive: 0, false_positive: 0 } });
  #test = /** @type {any} */ (null);
  #sizes = /** @type {any} */ (null); // of the groups that are drawn, in dots

  constructor(place, set) {
    Object.assign(this, { place, set });
    this.grips = Object.fromEntries(Object.entries(BORDERS).map(([name, label]) => [name, grip(place, {
      label: `People: ${label}`,
      kind: name,
      set: (value) => (name === "posterior" ? this.#believe(value) : set({ [name]: value })),
      drag: (x, y) => this.#move(name, this.#person(x, y)),
    })]));
  }

  show({ people: view, table }, test) {
    const seen = crowd(view);
    const { true_positive: tp, false_negative: fn = 0, false_positive: fp } = seen.groups;
    const [all, ill] = [view.total / seen.each, tp + fn];
    [this.#seen, this.#test, this.#sizes] = [seen, test, { all, ill, healthy: all - ill, drawn: tp + fp }];
    this.#draw(view.total);
    const ends = { prior: ill, sensitivity: tp, false_positive: ill + fp, posterior: tp };
    for (const [name, at] of Object.entries(ends)) {
      const value = name === "posterior" ? table.posterior ?? 0 : test[name];
      const [x, y] = spot(at, seen);
      this.grips[name].handle.hidden = seen.everybody === (name === "posterior");
      this.grips[name].show(x, y + (name === "prior" ? -OFF : OFF), 100 * value, percent(value), [x, y]);
    }
  }

  #draw(total) {
    const { everybody, each, cell } = this.#seen;
    const [svg, paths] = [this.place.querySelector("svg"), dots(this.#seen)];
    svg.setAttribute("stroke-width", (cell * 0.72).toFixed(1));
    svg.setAttribute("stroke-dasharray", dashes(cell));
    for (const path of svg.querySelectorAll("[data-group]")) path.setAttribute("d", paths[path.dataset.group] ?? "");
    const words = [count(total), everybody ? "" : ", of whom the positive are drawn", each > 1 ? `, ${count(each)} to a dot` : ""];
    this.place.parentElement.querySelector("[data-crowd]").textContent = words.join("");
  }

  /** The person under the pointer. */
  #person(x, y) {
    const { cell, columns } = this.#seen;
    const [column, row] = [(x * BOX.width + BOX.x) / cell, (y * BOX.height + BOX.y) / cell];
    return Math.max(0, Math.floor(row)) * columns + Math.max(0, Math.min(columns, Math.round(column)));
  }

  /** A border so many people in, as the number that it means. */
  #move(name, at) {
    const { all, ill, healthy, drawn } = this.#sizes;
    if (name === "prior") this.set({ prior: share(at, all) });
    else if (name === "posterior") this.#believe(share(at, drawn));
    else if (name === "sensitivity" && ill) this.set({ sensitivity: share(at, ill) });
    else if (name === "false_positive" && healthy) this.set({ false_positive: share(at - ill, healthy) });
  }

  #believe(value) {
    const next = withPosterior(this.#test, value / 100);
    if (next) this.set({ prior: rounded(100 * next.prior) });
  }
}

/** Where a border is, as shares of the drawing. @returns {[number, number]} */
function spot(at, { columns, cell }) {
  const row = Math.max(0, Math.ceil(at / columns) - 1);
  return [((at - row * columns) * cell - BOX.x) / BOX.width, ((row + 0.5) * cell - BOX.y) / BOX.height];
}

const share = (part, of) => rounded(Math.max(0, Math.min(100, (100 * part) / of)));
const tenths = (value) => Math.round(value * 10) / 10;
