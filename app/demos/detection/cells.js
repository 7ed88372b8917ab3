// One anchor: where it stands, what it was moved to, and what it is surest of; and a whole level's cells at a glance.
// @ts-check

import { bars } from "./list.js";
import { sigmoid } from "./loss.js";
import { shapes } from "./heads.js";
import { match } from "./matching.js";
import { shape } from "./overlay.js";
import { ready, rectangle } from "./rectangles.js";

const ARROWS = { ArrowLeft: ["column", -1], ArrowRight: ["column", 1], ArrowUp: ["row", -1], ArrowDown: ["row", 1] };
const SHADES = 6;
const TOP = 8; // classes

export class Cells {
  /** @param {HTMLFormElement} form @param {SVGGElement} group @param {import("./matches.js").Matches} matches @param {() => void} again */
  constructor(form, group, matches, again) {
    Object.assign(this, { form, group, matches, again, paper: null });
    form.querySelector("[data-surest]").addEventListener("click", () => this.#go(this.#surest()));
    group.addEventListener("click", (event) => this.#touch(event));
    group.addEventListener("keydown", (event) => this.#walk(event));
  }

  /** @param {import("./heads.js").Head} head @param {any} data of the run @param {boolean} changed whether the head is another than before */
  draw(head, data, changed) {
    Object.assign(this, { head, data });
    if (changed) return this.#go(this.#surest());
    const place = this.#place();
    const index = head.index(place);
    const field = /** @type {any} */ (this.form.elements).field.value;
    this.paper ??= shape("rect", { class: "paper", tabindex: 0, role: "application", "aria-label": "Cells of the grid: the arrow keys go from one to the next" });
    this.paper.setAttribute("width", data.width);
    this.paper.setAttribute("height", data.height);
    if (this.paper.parentNode !== this.group) this.group.append(this.paper);
    while (this.paper.nextSibling) this.paper.nextSibling.remove(); // the paper stays, and with it the focus
    this.group.append(...(field ? this.#heat(place.level, this.#values(field)) : []), ...this.#siblings(place, index), ...this.#moved(index));
    this.#tell(index);
  }

  /** The place that the form says, brought into the grid. */
  #place() {
    const { elements } = /** @type {any} */ (this.form);
    const read = (name) => Number(elements[name].value);
    const level = Math.min(read("level"), this.head.grids.length - 1);
    const { rows, columns, ratios } = this.head.grids[level];
    const within = (name, most) => {
      elements[name].max = most;
      return Math.max(0, Math.min(Math.round(read(name)) - 1, most - 1));
    };
    const kind = Math.min(read("size") * ratios.length + read("ratio"), shapes(this.head.grids[level]) - 1);
    return { level, row: within("row", rows), column: within("column", columns), shape: kind };
  }

  #go(index) {
    const { level, row, column, shape: kind } = this.head.place(index);
    const count = this.head.grids[level].ratios.length;
    const { elements } = /** @type {any} */ (this.form);
    if (this.head.count > 16) Object.entries({ level, size: Math.floor(kind / count), ratio: kind % count }).forEach(([name, value]) => { elements[name].value = value; });
    Object.entries({ row, column }).forEach(([name, value]) => { elements[name].value = value + 1; });
    this.again();
  }

  #surest() {
    const best = (index) => this.head.said(index)[0]?.[1] ?? -Infinity;
    return Array.from({ length: this.head.count }, (_, index) => best(index)).reduce((top, value, index, all) => (value > all[top] ? index : top), 0);
  }

  #touch(event) {
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(/** @type {any} */ (this.group).getScreenCTM().inverse());
    const { level, shape: kind } = this.#place();
    this.#go(this.head.index({ level, shape: kind, ...this.head.cell(level, x, y) }));
  }

  #walk(event) {
    const [name, by] = ARROWS[event.key] ?? [];
    if (!name) return;
    event.preventDefault();
    event.stopPropagation();
    const place = this.#place();
    const { rows, columns } = this.head.grids[place.level];
    this.#go(this.head.index({ ...place, [name]: Math.max(0, Math.min(place[name] + by, (name === "row" ? rows : columns) - 1)) }));
  }

  /** @returns {(index: number) => number} */
  #values(field) {
    if (field === "score") return (index) => (this.head.said(index).length ? sigmoid(this.head.said(index)[0][1]) : 0);
    const { shared } = match(this.head.anchors, this.matches.boxes(this.head), this.head.usual);
    return (index) => Math.max(0, ...shared.map((row) => row[index]));
  }

  /** A level's cells, the highest value the most covered. */
  #heat(level, value) {
    const { stride, columns } = this.head.grids[level];
    const side = stride / this.head.scale;
    const field = this.head.field(level, value);
    const most = Math.max(...field) || 1;
    const paths = Array.from({ length: SHADES }, () => "");
    field.forEach((at, cell) => {
      const shade = Math.ceil((at / most) * SHADES) - 1;
      if (shade >= 0) paths[shade] += `M${(cell % columns) * side} ${Math.floor(cell / columns) * side}h${side}v${side}h${-side}z`;
    });
    return paths.map((d, shade) => shape("path", { class: "shade", d, "fill-opacity": ((shade + 1) / SHADES) * 0.75 }));
  }

  #siblings(place, index) {
    const { stride } = this.head.grids[place.level];
    const side = stride / this.head.scale;
    const cell = shape("rect", { class: "cell", x: place.column * side, y: place.row * side, width: side, height: side });
    const others = Array.from({ length: shapes(this.head.grids[place.level]) }, (_, kind) => this.head.index({ ...place, shape: kind }));
    return [cell, ...others.filter((other) => other !== index).map((other) => rectangle("other", this.head.standing(other))), ...ready(this.head.standing(index))];
  }

  #moved(index) {
    const [from, to] = [this.head.standing(index), this.head.found(index)];
    const [[x, y], [toX, toY]] = [from, to].map(([x0, y0, x1, y1]) => [(x0 + x1) / 2, (y0 + y1) / 2]);
    return [rectangle("moved", to), shape("path", { class: "arrow", d: arrow(x, y, toX, toY, this.matches.view.unit()) })];
  }

  #tell(index) {
    const said = this.head.said(index).slice(0, TOP);
    const sides = ([x0, y0, x1, y1]) => [x1 - x0, y1 - y0];
    const [from, to] = [this.head.standing(index), this.head.found(index)];
    const [[w, h], [toW, toH]] = [sides(from), sides(to)];
    const [dx, dy] = [0, 1].map((i) => (to[i] + to[i + 2] - from[i] - from[i + 2]) / 2);
    const move = `It moves ${Math.abs(dx).toFixed(0)} px to the ${dx < 0 ? "left" : "right"} and ${Math.abs(dy).toFixed(0)} px ${dy < 0 ? "up" : "down"}`;
    const growth = `becomes ${(toW / w).toFixed(2)} times as wide and ${(toH / h).toFixed(2)} times as high`;
    const words = `Anchor ${(index + 1).toLocaleString("en")} of ${this.head.count.toLocaleString("en")}: ${Math.round(w)} × ${Math.round(h)} px. ${move}, and ${growth}.`;
    this.form.querySelector("[data-said-of-anchor]").textContent = said.length ? words : `${words} It is less than 0.005 sure of every class.`;
    const scores = said.map(([label, logit]) => [this.data.classes[label], sigmoid(logit)]);
    this.form.querySelector("[data-bars]").replaceChildren(bars(scores, this.data.classes, true)[0]);
  }
}

/** A line with a head of a few CSS pixels. */
function arrow(x, y, toX, toY, unit) {
  const angle = Math.atan2(toY - y, toX - x);
  const wing = (turn) => `${toX - 8 * unit * Math.cos(angle + turn)} ${toY - 8 * unit * Math.sin(angle + turn)}`;
  return `M${x} ${y}L${toX} ${toY}M${wing(0.5)}L${toX} ${toY}L${wing(-0.5)}`;
}
