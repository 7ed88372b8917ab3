// What is beside the photograph: bars of what is in it, chips of classes, a row for each object.
// @ts-check

import { crop } from "./crops.js";
import { colour } from "./objects.js";
import { shape } from "./overlay.js";

const TOP = 8; // classes shown before a reader asks for all

/** Draws into a place and leaves the focus where it was, on what is called the same. */
export function redraw(place, nodes) {
  const focused = place.contains(document.activeElement) && document.activeElement?.closest("[data-key]");
  const key = focused && /** @type {HTMLElement} */ (focused).dataset.key;
  place.replaceChildren(...nodes);
  if (key) place.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus({ preventScroll: true });
}

/** Scores of the classes, the surest first. */
export function bars(presence, classes, whole) {
  const rows = presence.slice(0, whole ? presence.length : TOP).map(([label, score]) => {
    const row = make("li", { "data-colour": colour(label, classes) });
    const bar = shape("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" });
    bar.append(shape("rect", { width: score, height: 1 }));
    row.append(make("span", {}, label), bar, make("span", { class: "score" }, score.toFixed(2)));
    return row;
  });
  const list = make("ol", { class: "bars" });
  list.append(...rows);
  return [list, make("button", { type: "button", "data-key": "whole" }, whole ? `Show the first ${TOP}` : `Show all ${presence.length}`)];
}

/** A button a class, with how many of it there are; pressed ones are the only ones shown. */
export function chips(counts, chosen, classes) {
  return counts.map(([label, count]) => {
    const chip = make("button", { type: "button", class: "chip", "data-key": label, "data-colour": colour(label, classes), "aria-pressed": chosen.has(label) });
    chip.append(make("span", {}, label), ` ${count}`);
    return chip;
  });
}

/** A row for each object: its crop, its class as a button, its score, before and after it was lowered, its box. */
export function rows(objects, classes, photo, width) {
  return objects.map((seen) => {
    const row = make("tr", { "data-row": seen.index, "data-colour": colour(seen.label, classes) });
    const cells = ["td", "th", "td", "td"].map((tag) => make(tag, tag === "th" ? { scope: "row" } : {}));
    cells[0].append(crop(photo, seen.box, width, { small: true }));
    cells[1].append(make("button", { type: "button", class: "bare", "data-key": seen.index }, seen.label));
    if (seen.first !== undefined && seen.first !== seen.score) cells[2].append(make("s", {}, seen.first.toFixed(2)), " ");
    cells[2].append(seen.score.toFixed(2));
    const [x0, y0, x1, y1] = seen.box.map(Math.round);
    cells[3].append(`${x0}, ${y0} – ${x1}, ${y1}`);
    row.append(...cells);
    return row;
  });
}

export function make(tag, attributes, ...inside) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...inside);
  return made;
}
