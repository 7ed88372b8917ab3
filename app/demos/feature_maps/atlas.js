// The atlas: what a layer tells apart, as a map. Each cell is a direction of the layer, drawn; near cells are like one
// another.
// @ts-check

import { button, choice, dressed } from "./controls.js";
import { html, svg } from "./elements.js";
import { closer, IN, OUT, roam } from "./map.js";
import { place } from "./places.js";
import { fine, holding, WHOLE } from "./zoom.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {[number, number, number, number, number, number]} Cell column, row, how many places, picture, and x, y of
 * its most typical place
 * @typedef {{network: string, layer: string, window: number, tile: number, columns: number, variance: number[],
 * pictures: string[], grids: {side: number, first: number, cells: Cell[]}[]}} Numbers
 */

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default async function atlas(root, view) {
  dressed("parts.css");
  if (view.about.atlas.length) await new Atlas(root, view).open(view.about.atlas[0].name);
  else root.replaceChildren(html("p", {}, "Nobody has drawn an atlas on this server yet."));
}

class Atlas {
  /** @type {Numbers} */
  read;
  shown = WHOLE;
  #grid = -1; // the number of the grid that is shown
  #cell = 0;

  constructor(root, view) {
    Object.assign(this, { view });
    this.map = svg("svg", {
      class: "map",
      role: "group",
      "aria-label": "Atlas: the arrow keys go from cell to cell, plus and minus zoom",
    });
    [this.beside, this.words] = [html("div", { class: "legend" }), html("p", {})];
    const tool = (sign, label, next) => button(sign, () => this.look(next()), { "aria-label": label });
    const tools = html(
      "div",
      { class: "tools" },
      tool("+", "Closer", () => closer(this.shown, IN)),
      tool("−", "Farther", () => closer(this.shown, OUT)),
      tool("All", "The whole map", () => WHOLE),
    );
    const layers = choice(
      "Layer",
      view.about.atlas.map(({ name, title }) => [name, title]),
      (name) => this.open(name),
    );
    root.replaceChildren(
      html(
        "div",
        { class: "atlas" },
        this.words,
        layers,
        html("div", { class: "both" }, html("div", {}, this.map, tools), this.beside),
      ),
    );
    roam(this.map, { read: () => this.shown, look: (next) => this.look(next) });
    this.#listen();
  }

  async open(name) {
    this.known = this.view.about.atlas.find((each) => each.name === name);
    const answer = await fetch(this.known.json);
    if (!answer.ok) return;
    this.read = await answer.json();
    this.#grid = -1;
    const [across, down] = this.read.variance.map((share) => Math.round(100 * share));
    this.words.textContent = [
      `Places of the gallery, by what ${this.read.layer} says of them: across and down are the two directions in which`,
      `they differ most, ${across} % and ${down} % of all difference. Each cell is drawn from the mean of its places.`,
    ].join(" ");
    this.look(WHOLE);
  }

  /** Shows a window of the map, with the finer of its grids where that can be seen. */
  look(next) {
    this.shown = next;
    const { x, y, side } = next;
    this.map.setAttribute("viewBox", `${x} ${y} ${side} ${side}`);
    this.map.classList.toggle("near", side < 1);
    const wanted = this.read.grids.length > 1 && fine(next) ? 1 : 0;
    if (wanted !== this.#grid) this.#lay(wanted);
  }

  #listen() {
    for (const type of ["pointerover", "focusin"])
      this.map.addEventListener(type, ({ target }) => {
        const node = target.closest("[data-cell]");
        if (node && Number(node.dataset.cell) !== this.#cell) this.#choose(Number(node.dataset.cell));
      });
    this.map.addEventListener("keydown", (event) => {
      if (!ARROWS[event.key]) return;
      event.preventDefault();
      this.#step(ARROWS[event.key]);
    });
  }

  #lay(number) {
    const focused = this.map.contains(document.activeElement);
    const before = this.#grid >= 0 ? this.#where(this.#cell) : null;
    this.#grid = number;
    this.map.replaceChildren(...this.#cells.map((_, i) => this.#icon(i)));
    this.#choose(before ? this.#nearest(before) : 0, { focused });
  }

  get #cells() {
    return this.read.grids[this.#grid].cells;
  }

  #icon(i) {
    const { tile, columns, grids } = this.read;
    const { x, y, side } = this.#where(i);
    const number = grids[this.#grid].first + i;
    const rows = Math.ceil(Math.max(...grids.map(({ first, cells }) => first + cells.length)) / columns);
    const box = `${(number % columns) * tile} ${Math.floor(number / columns) * tile} ${tile} ${tile}`;
    const inner = svg(
      "svg",
      { x, y, width: side, height: side, viewBox: box },
      svg("image", { href: this.known.sheet, width: columns * tile, height: rows * tile }),
    );
    return svg(
      "g",
      { class: "cell", "data-cell": i, tabindex: -1, role: "img", "aria-label": this.#said(i) },
      inner,
      svg("rect", { x, y, width: side, height: side }),
    );
  }

  /** A cell's place, in shares of the map. */
  #where(i) {
    const side = 1 / this.read.grids[this.#grid].side;
    return { x: this.#cells[i][0] * side, y: this.#cells[i][1] * side, side };
  }

  /** The cell that is nearest to one of the other grid. */
  #nearest({ x, y, side }) {
    const middle = (at) => at + side / 2;
    const far = this.#cells
      .map((_, i) => this.#where(i))
      .map((there) => Math.hypot(there.x + there.side / 2 - middle(x), there.y + there.side / 2 - middle(y)));
    return far.indexOf(Math.min(...far));
  }

  #said(i) {
    const [, , count] = this.#cells[i];
    return `${count} ${count === 1 ? "place" : "places"} of the gallery`;
  }

  /** Shows where in the gallery such places are. */
  #choose(i, { focused = false } = {}) {
    this.#cell = i;
    this.map.querySelectorAll(".cell").forEach((each, k) => {
      each.setAttribute("tabindex", k === i ? "0" : "-1");
      each.classList.toggle("on", k === i);
      if (focused && k === i) each.focus({ preventScroll: true });
    });
    const { sheets } = this.view;
    const { network, layer, pictures, window } = this.read;
    const [, , , picture, x, y] = this.#cells[i];
    const [photo, at] = [pictures[picture], { network, layer, channel: 0 }];
    const line = html("p", {}, `${this.#said(i)}; this is the most typical.`);
    sheets
      .credits()
      .then(({ [photo]: credit }) => credit && line.append(` ${credit.caption}. ${credit.author}, ${credit.licence}.`));
    const direction = {
      question: "draw",
      objective: "direction",
      photo,
      x: Math.round(100 * x),
      y: Math.round(100 * y),
    };
    const draw = button("Draw its direction live", () => this.view.draw(at, direction));
    this.beside.replaceChildren(place(sheets, photo, [x, y], window, at), line, draw);
  }

  /** To the next cell in a direction, over gaps. */
  #step([dx, dy]) {
    const [column, row] = this.#cells[this.#cell];
    const ahead = this.#cells
      .map(([c, r], i) => ({
        i,
        along: (c - column) * dx + (r - row) * dy,
        aside: Math.abs((c - column) * dy) + Math.abs((r - row) * dx),
      }))
      .filter(({ along }) => along > 0);
    if (!ahead.length) return;
    this.#choose(ahead.sort((a, b) => a.along + 2 * a.aside - b.along - 2 * b.aside)[0].i, { focused: true });
    this.look(holding(this.shown, this.#where(this.#cell)));
  }
}
