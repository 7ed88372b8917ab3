// The estimate painted on the map, held against the true distance; the optimum beside a dearer path; landmarks placed by hand.
// @ts-check

import { solve } from "./best_first.js";
import { brief } from "./board.js";
import { button, html } from "./elements.js";
import { NAMES } from "./heuristics.js";
import { held } from "./truth.js";

const LARGEST = 60_000; // cells
const LISTED = 12;
const PAINTS = [["none", "Nothing"], ["h", "The estimate h"], ["above", "Where h is too much"], ["share", "h ÷ true distance"]];
const HELP = "With the tool in hand, a click on the map sets a landmark and another takes it away; by keyboard, space. Where none are placed, four are chosen that lie far from each other.";

const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;

class Estimates {
  #paint = "h";
  #said = html("p", { class: "said" });
  #list = html("ul", {});

  constructor(desk, place) {
    this.desk = desk;
    this.drawer = place.closest("details");
    this.buttons = PAINTS.map(([value, words]) => button(words, () => { this.#paint = value; this.#show(); }, { "data-paint": value }));
    place.append(
      html("div", { class: "row", role: "group", "aria-label": "Paint on the map" }, ...this.buttons), this.#said, this.#list,
      html("div", { class: "row" },
        button("Place landmarks on the map", () => this.#place(), { "data-tool": "landmark", "aria-pressed": "false" }),
        button("Take them away", () => desk.bench.fields.fill({ landmarks: null }))),
      html("p", { class: "help" }, HELP));
    desk.addEventListener("answer", () => this.#answer());
    this.drawer.addEventListener("toggle", () => this.#show());
    this.#show();
  }

  #place() {
    const { bench, pens } = this.desk;
    pens.tool = "landmark";
    pens.place.toggleAttribute("data-pen", true);
    for (const each of bench.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each.dataset.tool === "landmark"));
    bench.fields.set("heuristic", "landmarks");
  }

  #show() {
    for (const each of this.buttons) each.setAttribute("aria-pressed", String(each.dataset.paint === this.#paint));
    this.desk.seen = {};
    this.#answer();
    this.desk.draw();
  }

  /** What is painted is worked out anew with every answer. */
  #answer() {
    const { desk } = this;
    this.#said.textContent = "";
    this.#list.replaceChildren();
    if (!this.drawer.open || desk.veiled) return;
    const question = desk.question();
    if (desk.terrain.cells.length > LARGEST) return void (this.#said.textContent = "The map is too large to be painted.");
    if (!NAMES.includes(question.heuristic) && !question.formula) return;
    const { estimate, truth, above, inconsistent } = held(question);
    desk.seen = { ...this.#painted(estimate, truth, above), ...this.#beside(question) };
    this.#tell(above.length, inconsistent);
  }

  #painted(estimate, truth, above) {
    if (this.#paint === "none") return {};
    const shown = { order: [], path: this.desk.result?.path, tints: above.map((cell) => [cell, "above"]) };
    if (this.#paint === "above") return shown;
    const most = estimate.reduce((high, value) => Math.max(high, value), 1);
    const share = (value, cell) => (truth[cell] === Infinity ? -1 : truth[cell] === 0 ? 0 : 1 - Math.min(1, value / truth[cell]));
    return { ...shown, field: this.#paint === "h" ? estimate.map((value) => value / most) : estimate.map(share) };
  }

  /** The cheapest path, where the one that was found is dearer. */
  #beside(question) {
    const { result } = this.desk;
    if (!result?.found || !(result.cost > result.optimum * (1 + 1e-9))) return {};
    return { other: solve({ ...question, algorithm: "astar", heuristic: "octile", weight: 1, formula: undefined }).path };
  }

  #tell(above, inconsistent) {
    const { terrain, seen } = this.desk;
    const name = (cell) => `(${terrain.place(cell).join(", ")})`;
    const admissible = above ? `It says too much in ${count(above, "cell")}, painted red: the path may be dearer than need be.` : "It nowhere says too much: it is admissible here.";
    const consistent = inconsistent.length ? `At ${count(inconsistent.length, "move")} it falls by more than the move costs.` : "It never falls by more than a move costs: it is consistent.";
    this.#said.textContent = `${admissible} ${consistent}${seen.other ? " The cheapest path is dashed." : ""}`;
    this.#list.append(...inconsistent.slice(0, LISTED).map(({ from, to, falls, cost }) => html("li", {}, `${name(from)} → ${name(to)}: h falls by ${brief(falls)}, the move costs ${brief(cost)}`)));
    if (inconsistent.length > LISTED) this.#list.append(html("li", {}, `and ${inconsistent.length - LISTED} more`));
  }
}

export default (desk, place) => new Estimates(desk, place);
