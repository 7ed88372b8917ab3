// The boxes that the reader drew, on the photograph and beside it: which anchors answer for them, and at what loss.
// @ts-check

import { Drawing } from "./drawing.js";
import { make, redraw } from "./list.js";
import { BOXES } from "./loss.js";
import { IGNORED } from "./matching.js";
import { shape } from "./overlay.js";
import { precision } from "./precision.js";
import { ready, rectangle } from "./rectangles.js";
import { verdict } from "./verdict.js";

const ROWS = 40; // anchors in the table
const LINES = 80; // anchors on the photograph
const DIALS = ["fits", "nearly", "middle"];

export class Matches {
  /** @param {HTMLFormElement} form @param {SVGGElement} group @param {import("./panel.js").View} view @param {() => void} again */
  constructor(form, group, view, again) {
    Object.assign(this, { form, view, again });
    [this.lines, this.lit, this.pen] = ["lines", "lit", "pen"].map((name) => shape("g", { class: name }));
    group.append(this.lines, this.pen, this.lit);
    this.drawing = new Drawing(this.pen, { changed: again, name: (label) => this.data.classes[label], unit: view.unit, label: () => this.#likely() });
    this.#find("add").addEventListener("click", () => this.drawing.add());
    this.#find("drawn").addEventListener("click", ({ target }) => target.dataset.remove && this.drawing.remove(Number(target.dataset.remove)));
    this.#find("drawn").addEventListener("input", ({ target }) => { this.drawing.boxes[target.dataset.box].label = Number(target.value); }); // the form draws again
    for (const name of ["anchors", "heat"]) {
      for (const type of ["pointerover", "focusin"]) this.#find(name).addEventListener(type, ({ target }) => this.#light(target.closest("[data-anchor]")?.dataset.anchor));
      for (const type of ["pointerleave", "focusout"]) this.#find(name).addEventListener(type, () => this.#light());
    }
  }

  /** The drawn boxes in pixels that a head saw. */
  boxes(head) {
    return this.drawing.boxes.map(({ box }) => box.map((side) => side * head.scale));
  }

  forget() {
    this.drawing.boxes = [];
  }

  /** @param {import("./heads.js").Head} head @param {any} data of the run @param {boolean} changed whether the head is another than before */
  draw(head, data, changed) {
    Object.assign(this, { head, data });
    const { elements } = /** @type {any} */ (this.form);
    if (changed) for (const name of DIALS) elements[name].value = head.usual[name];
    const asked = Object.fromEntries(DIALS.map((name) => [name, Number(elements[name].value)]));
    for (const name of DIALS) {
      this.form.querySelector(`[data-value="${name}"]`).textContent = asked[name].toFixed(2);
      elements[name].style.setProperty("--at", `${(asked[name] - 0.05) / 0.009}%`);
    }
    this.drawing.draw(data);
    const judged = verdict(head, this.drawing.boxes, data.classes.length, asked);
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.#write(judged)); // many moves between two frames are written down once
    this.lines.replaceChildren(...judged.rows.slice(0, LINES).reverse().map((row) => rectangle(kind(row), head.standing(row.index))));
    this.#light();
  }

  #write(judged) {
    this.#list();
    this.#tell(judged);
    this.#table(judged.rows);
    this.#heat(judged);
  }

  /** A row for each box: its number, its class, a way to be rid of it. */
  #list() {
    const named = this.drawing.boxes.map(({ label }) => label).join();
    if (this.named === named) return;
    this.named = named;
    redraw(this.#find("drawn"), this.drawing.boxes.map(({ label }, index) => {
      const row = make("li", {});
      const select = make("select", { "aria-label": `What box ${index + 1} holds`, "data-box": index, "data-key": `class ${index}` });
      select.append(...this.data.classes.map((name, value) => new Option(name, String(value), false, value === label)));
      row.append(make("span", {}, String(index + 1)), select, make("button", { type: "button", "data-remove": index, "data-key": `remove ${index}`, "aria-label": `Remove box ${index + 1}` }, "Remove"));
      return row;
    }));
  }

  #tell({ rows, matched, nearly, best, classes, boxes, total, bound }) {
    const none = this.drawing.boxes.length ? "" : "Nothing is drawn, so every anchor should say “nothing”. ";
    const few = `${count(matched, "anchor")} of ${this.head.count.toLocaleString("en")} answer${matched === 1 ? "s" : ""}, ${best} of them as the best there is; ${nearly} nearly fit${nearly === 1 ? "s" : ""} and ${nearly === 1 ? "is" : "are"} asked nothing.`;
    this.#find("matched").textContent = none || few;
    this.#find("losses").textContent = `Loss ${bound} ${total.toFixed(3)}: classes ${classes.toFixed(3)} + ${BOXES} × boxes ${boxes.toFixed(3)}, a matched anchor.`;
    this.#find("precision").textContent = this.#figures();
    this.#find("caption").textContent = rows.length > ROWS ? `The ${ROWS} that fit best, of ${rows.length.toLocaleString("en")}.` : "";
  }

  /** How well what is kept now agrees with what was drawn. */
  #figures() {
    const { boxes } = this.drawing;
    if (!boxes.length) return "Draw every object of the photograph to see how precise the kept boxes are.";
    const found = (this.view.shown()?.objects ?? []).map(({ label, ...seen }) => ({ ...seen, label: this.data.classes.indexOf(label) }));
    const { right, precision: share, recall, ap } = precision(found, boxes);
    const two = (value) => (value === null ? "–" : value.toFixed(2));
    return `At an IoU of 0.5, ${right} of the ${count(found.length, "kept box", "kept boxes")} ${right === 1 ? "is" : "are"} right: precision ${two(share)}, recall ${two(recall)}, AP ${two(ap)}.`;
  }

  #table(rows) {
    redraw(this.#find("anchors"), rows.slice(0, ROWS).map((row) => {
      const made = make("tr", { "data-anchor": row.index, class: kind(row) });
      const [x0, y0, x1, y1] = this.head.standing(row.index).map(Math.round);
      made.append(
        make("th", { scope: "row" }, make("button", { type: "button", class: "bare", "data-key": row.index }, `${x1 - x0} × ${y1 - y0}`)),
        ...[row.owner < 0 ? "–" : row.owner + 1, RULES[kind(row)], row.iou.toFixed(2), row.owner < 0 ? "–" : `${row.bound} ${row.loss.toFixed(3)}`, row.box === null ? "–" : row.box.toFixed(3)].map((words) => make("td", {}, String(words))),
      );
      return made;
    }));
  }

  /** IoU of the same anchors with every box: a row a box, a column an anchor. */
  #heat({ rows, shared }) {
    const columns = rows.slice(0, ROWS);
    const svg = this.#find("heat");
    svg.setAttribute("viewBox", `0 0 ${Math.max(1, columns.length)} ${Math.max(1, shared.length)}`);
    svg.style.setProperty("--rows", String(shared.length));
    svg.setAttribute("aria-label", `IoU of ${count(columns.length, "anchor")} with ${count(shared.length, "box", "boxes")}; the table below has the numbers.`);
    svg.replaceChildren(...shared.flatMap((all, y) => columns.map(({ index }, x) => shape("rect", { x, y, width: 1, height: 1, "fill-opacity": all[index], "data-anchor": index }))));
  }

  #light(index) {
    for (const row of this.#find("anchors").children) row.classList.toggle("on", row.dataset.anchor === index);
    const boxes = index === undefined ? [] : [...ready(this.head.standing(Number(index))), rectangle("moved", this.head.found(Number(index)))];
    this.lit.replaceChildren(...boxes);
  }

  /** What a new box most likely holds: what the one before does, or the surest that was found. */
  #likely() {
    const found = this.view.shown()?.objects[0];
    return this.drawing.boxes.at(-1)?.label ?? Math.max(0, this.data.classes.indexOf(found?.label));
  }

  #find(part) {
    return /** @type {any} */ (this.form.querySelector(`[data-${part}]`));
  }
}

const RULES = { nearly: "nearly", best: "best", fits: "fits" };
const kind = ({ owner, best }) => (owner === IGNORED ? "nearly" : best ? "best" : "fits");
const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
