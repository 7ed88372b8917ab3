// A pasted policy as a graph: who has which role on what, what is denied to whom, and what of it is risky.
// @ts-check

import { svg } from "./draw.js";

const COLUMNS = [{ x: 1, width: 250, most: 33 }, { x: 295, width: 200, most: 26 }, { x: 539, width: 110, most: 14 }];
const [ROW, BOX, TOP] = [38, 28, 26];
const TITLES = ["Who", "Role", "On"];
const MOST = 40; // boxes of a column that are drawn

/** @typedef {{id: string, column: number, row: number, label: string, lines: number[], risky: string[]}} Box */
/** @typedef {{from: string, to: string, risky: boolean, maybe: boolean, denied: boolean}} Line */

/**
 * Boxes in three columns and lines between them. What is the same is one box; a box knows the lines of the text it stands in.
 * @returns {{boxes: Box[], lines: Line[], left: number}} `left` boxes are too many to be drawn
 */
export function laid({ grants, denials, risks }) {
  const boxes = /** @type {Map<string, Box>} */ (new Map());
  const lines = /** @type {Map<string, Line>} */ (new Map());
  const box = (column, label, line, risky) => {
    const id = `${column} ${label}`;
    const found = boxes.get(id) ?? { id, column, row: [...boxes.values()].filter((each) => each.column === column).length, label, lines: [], risky: [] };
    boxes.set(id, found);
    if (!found.lines.includes(line)) found.lines.push(line);
    for (const each of column < 2 ? risky : []) if (!found.risky.includes(each)) found.risky.push(each);
    return id;
  };
  const path = (labels, line, risky, { maybe, denied }) => {
    const ids = labels.map((label, column) => box(column, label, line, risky));
    for (const [from, to] of [[ids[0], ids[1]], [ids[1], ids[2]]]) {
      const known = lines.get(`${from}→${to}`);
      lines.set(`${from}→${to}`, { from, to, denied, risky: risky.length > 0 || Boolean(known?.risky), maybe: maybe && (known?.maybe ?? true) });
    }
  };
  for (const { member, role, on, condition, line } of grants) {
    const risky = risks.filter((each) => each.line === line && each.member === member && each.role === role).map(({ text }) => text);
    path([member, role, on ?? "this resource"], line, risky, { maybe: Boolean(condition), denied: false });
  }
  for (const { rule, on, condition, line } of denials) {
    for (const who of rule.deniedPrincipals) path([who, `not ${rule.deniedPermissions.join(", ")}`, on ?? "this resource"], line, [], { maybe: Boolean(condition), denied: true });
  }
  const drawn = [...boxes.values()].filter(({ row }) => row < MOST);
  const ids = new Set(drawn.map(({ id }) => id));
  return { boxes: drawn, lines: [...lines.values()].filter(({ from, to }) => ids.has(from) && ids.has(to)), left: boxes.size - drawn.length };
}

/** The graph as a drawing whose boxes lead to their lines. @param {any} told what readPolicy tells @param {(line: number) => void} go */
export function drawn(told, go) {
  const { boxes, lines, left } = laid(told);
  const height = TOP + ROW * (1 + Math.max(...boxes.map(({ row }) => row))) + (left ? TOP : 0);
  const picture = svg("svg", { viewBox: `0 0 650 ${height}`, class: "granted", role: "group", "aria-label": "Who has which role on what" });
  picture.append(...TITLES.map((title, i) => svg("text", { class: "row", x: COLUMNS[i].x, y: 12 }, title)));
  const places = new Map(boxes.map((each) => [each.id, { x: COLUMNS[each.column].x, y: TOP + each.row * ROW + BOX / 2, wide: COLUMNS[each.column].width }]));
  for (const line of lines) picture.append(svg("path", { class: `edge${line.risky ? " risky" : ""}${line.maybe ? " maybe" : ""}${line.denied ? " denied" : ""}`, d: curve(places.get(line.from), places.get(line.to)), "data-ends": `${line.from}\n${line.to}` }));
  picture.append(...boxes.map((each) => button(each, go)));
  if (left) picture.append(svg("text", { class: "row", x: 1, y: height - 8 }, `and ${left} more, in the lists`));
  for (const [kind, on] of /** @type {[string, boolean][]} */ ([["pointerover", true], ["focusin", true], ["pointerout", false], ["focusout", false]])) picture.addEventListener(kind, ({ target }) => light(picture, target.closest("[data-box]")?.dataset.box, on));
  return picture;
}

function button({ id, column, row, label, lines, risky }, go) {
  const { x, width, most } = COLUMNS[column];
  const words = `${label}, line ${lines.join(", ")}${risky.length ? `, risky: ${risky.join(" ")}` : ""}`;
  const mark = risky.length ? [svg("text", { class: "mark", x: width - 14, y: 19 }, "!")] : [];
  const box = svg("g", { class: `box${risky.length ? " risky" : ""}`, transform: `translate(${x} ${TOP + row * ROW})`, tabindex: 0, role: "button", "aria-label": words, "data-box": id },
    svg("title", {}, words), svg("rect", { width, height: BOX, rx: 5 }), svg("text", { x: 10, y: 19 }, brief(label.replace(/^roles\//, ""), most - (risky.length ? 2 : 0))), ...mark);
  box.addEventListener("click", () => go(lines[0]));
  box.addEventListener("keydown", (event) => {
    if (![" ", "Enter"].includes(event.key)) return;
    event.preventDefault();
    go(lines[0]);
  });
  return box;
}

/** A box's lines stand out while it is pointed at. */
function light(picture, id, on) {
  for (const line of id ? picture.querySelectorAll("[data-ends]") : []) if (line.dataset.ends.split("\n").includes(id)) line.classList.toggle("lit", on);
}

function curve(from, to) {
  const [start, end] = [from.x + from.wide, to.x];
  const middle = (start + end) / 2;
  return `M${start} ${from.y}C${middle} ${from.y} ${middle} ${to.y} ${end} ${to.y}`;
}

/** A long name with its middle left out: both its ends tell something. */
export function brief(name, most) {
  if (name.length <= most) return name;
  const head = Math.ceil((most - 1) / 2);
  return `${name.slice(0, head)}…${name.slice(name.length - (most - 1 - head))}`;
}
