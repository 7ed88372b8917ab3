// The numbers behind the loss chart, as a table.
// @ts-check

import { LAYERS, LOSSES, spread } from "./losses.js";
import { figure } from "/static/js/words.js";

const ROWS = 20;
const COLUMNS = [...LOSSES, ...LAYERS];

/** Fills `place` with some of the points, evenly spread, the first and the last among them. */
export function tabulate(place, points) {
  const rows = spread(points.filter(({ losses }) => losses), ROWS);
  const made = document.createElement("table");
  made.append(row("th", ["step", ...COLUMNS]), ...rows.map(({ step, losses }) => row("td", [step, ...COLUMNS.map((name) => value(losses[name]))])));
  place.replaceChildren(made);
}

const value = (loss) => (loss === undefined ? "–" : figure(loss));

function row(tag, cells) {
  const made = document.createElement("tr");
  made.append(...cells.map((words) => Object.assign(document.createElement(tag), { textContent: String(words) })));
  return made;
}
