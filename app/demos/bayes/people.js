// The people as dots, group after group: the borders between the groups are dragged from person to person.
// @ts-check

import { apportioned } from "./diagnosis.js";
import { rounded, withPosterior } from "./drag.js";
import { grip } from "./grips.js";
import { count, percent } from "./wording.js";

const [ACROSS, DOWN, MOST] = [400, 250, 2000];
const BOX = { x: -10, y: -30, width: 420, height: 310 };
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

/** A path for each group: dots in rows, as lines of no length with round ends. */
export function dots({ groups, columns, cell }) {
  let first = 0;
  const dot = (at) => `M${tenths(((at % columns) + 0.5) * cell)} ${tenths((Math.floor(at / columns) + 0.5) * cell)}h0`;
  return Object.fromEntries(Object.entries(groups).map(([name, number]) => {
    const path = Array.from({ length: number }, (_, i) => dot(first + i)).join("");
    first += number;
    return [name, path];
  }));
}

/** @param {HTMLElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default function people(place, { set }) {
  let [seen, test, sizes] = [crowd({ total: 0, whole: { true_positive: 0, false_positive: 0 } }), null, null];

  /** The person under the pointer. */
  const person = (x, y) => {
    const [column, row] = [(x * BOX.width + BOX.x) / seen.cell, (y * BOX.height + BOX.y) / seen.cell];
    return Math.max(0, Math.floor(row)) * seen.columns + Math.max(0, Math.min(seen.columns, Math.round(column)));
  };
  /** A border so many people in, as the number it means. */
  const moves = {
    prior: (at) => set({ prior: share(at, sizes.all) }),
    sensitivity: (at) => sizes.ill && set({ sensitivity: share(at, sizes.ill) }),
    false_positive: (at) => sizes.healthy && set({ false_positive: share(at - sizes.ill, sizes.healthy) }),
    posterior: (at) => believe(share(at, sizes.drawn)),
  };
  const believe = (value) => {
    const next = withPosterior(test, value / 100);
    if (next) set({ prior: rounded(100 * next.prior) });
  };
  const own = { prior: "base rate", sensitivity: "sensitivity", false_positive: "false positives", posterior: "share that is so, of the positive" };
  const grips = Object.fromEntries(Object.entries(own).map(([name, label]) => [name, grip(place, {
    label: `People: ${label}`,
    kind: name,
    set: (value) => (name === "posterior" ? believe(value) : set({ [name]: value })),
    drag: (x, y) => moves[name](person(x, y)),
  })]));

  return {
    show({ people: view, table }, next) {
      test = next;
      seen = crowd(view);
      const { whole } = view;
      const svg = place.querySelector("svg");
      svg.setAttribute("stroke-width", (seen.cell * 0.72).toFixed(1));
      const paths = dots(seen);
      for (const path of svg.querySelectorAll("[data-group]")) path.setAttribute("d", paths[path.dataset.group] ?? "");
      const g = seen.groups;
      const ill = g.true_positive + (g.false_negative ?? 0);
      sizes = { all: view.total / seen.each, ill, healthy: view.total / seen.each - ill, drawn: g.true_positive + g.false_positive };
      const borders = { prior: [ill, -OFF], sensitivity: [g.true_positive, OFF], false_positive: [ill + g.false_positive, OFF], posterior: [g.true_positive, OFF] };
      for (const [name, [at, off]] of Object.entries(borders)) {
        const value = name === "posterior" ? table.posterior ?? 0 : test[name];
        grips[name].handle.hidden = seen.everybody === (name === "posterior");
        const [x, y] = spot(at, seen);
        grips[name].show(x, y + off, 100 * value, percent(value), [x, y]);
      }
      const few = seen.everybody ? "" : ", of whom the positive are drawn";
      place.parentElement.querySelector("[data-crowd]").textContent = `${count(whole.true_positive + whole.false_positive + whole.false_negative + whole.true_negative)}${few}${seen.each > 1 ? `, ${count(seen.each)} to a dot` : ""}`;
    },
  };
}

/** Where a border is, as shares of the drawing. @returns {[number, number]} */
function spot(at, { columns, cell }) {
  const row = Math.max(0, Math.ceil(at / columns) - 1);
  return [((at - row * columns) * cell - BOX.x) / BOX.width, ((row + 0.5) * cell - BOX.y) / BOX.height];
}

const share = (part, of) => rounded(Math.max(0, Math.min(100, (100 * part) / of)));
const tenths = (value) => Math.round(value * 10) / 10;
