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

export default function estimates(desk, place) {
  let paint = "h";
  const said = html("p", { class: "said" });
  const list = html("ul", {});
  const buttons = PAINTS.map(([value, words]) => button(words, () => { paint = value; show(); }, { "data-paint": value }));
  place.append(
    html("div", { class: "row", role: "group", "aria-label": "Paint on the map" }, ...buttons), said, list,
    html("div", { class: "row" },
      button("Place landmarks on the map", () => placing(), { "data-tool": "landmark", "aria-pressed": "false" }),
      button("Take them away", () => desk.bench.fields.fill({ landmarks: null }))),
    html("p", { class: "help" }, "With the tool in hand, a click on the map sets a landmark and another takes it away; by keyboard, space. Where none are placed, four are chosen that lie far from each other."));

  function placing() {
    desk.pens.tool = "landmark";
    desk.pens.place.toggleAttribute("data-pen", true);
    for (const each of desk.bench.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each.dataset.tool === "landmark"));
    desk.bench.fields.set("heuristic", "landmarks");
  }

  /** What is painted is worked out anew with every answer. */
  function answer() {
    said.textContent = "";
    list.replaceChildren();
    if (!place.closest("details").open || desk.veiled) return;
    const question = desk.question();
    if (desk.terrain.cells.length > LARGEST) return void (said.textContent = "The map is too large to be painted.");
    if (!NAMES.includes(question.heuristic) && !question.formula) return;
    const { estimate, truth, above, inconsistent } = held(question);
    desk.seen = { ...painted(estimate, truth, above), ...beside(question) };
    tell(above.length, inconsistent);
  }

  function painted(estimate, truth, above) {
    if (paint === "none") return {};
    const shown = { order: [], path: desk.result?.path };
    if (paint === "above") return { ...shown, tints: above.map((cell) => [cell, "above"]) };
    const most = estimate.reduce((high, value) => Math.max(high, value), 1);
    const share = (value, cell) => (truth[cell] === Infinity ? -1 : truth[cell] === 0 ? 0 : 1 - Math.min(1, value / truth[cell]));
    return { ...shown, field: paint === "h" ? estimate.map((value) => value / most) : estimate.map(share), tints: above.map((cell) => [cell, "above"]) };
  }

  /** The cheapest path, where the one that was found is dearer. */
  function beside(question) {
    const { result } = desk;
    if (!result?.found || !(result.cost > result.optimum * (1 + 1e-9))) return {};
    return { other: solve({ ...question, algorithm: "astar", heuristic: "octile", weight: 1, formula: undefined }).path };
  }

  function tell(above, inconsistent) {
    const { terrain } = desk;
    const name = (cell) => `(${terrain.place(cell).join(", ")})`;
    const count = (number, word) => `${number.toLocaleString("en")} ${word}${number === 1 ? "" : "s"}`;
    const admissible = above ? `It says too much in ${count(above, "cell")}, painted red: the path may be dearer than need be.` : "It nowhere says too much: it is admissible here.";
    const consistent = inconsistent.length ? `At ${count(inconsistent.length, "move")} it falls by more than the move costs.` : "It never falls by more than a move costs: it is consistent.";
    said.textContent = `${admissible} ${consistent}${desk.seen.other ? " The cheapest path is dashed." : ""}`;
    list.replaceChildren(...inconsistent.slice(0, LISTED).map(({ from, to, falls, cost }) => html("li", {}, `${name(from)} → ${name(to)}: h falls by ${brief(falls)}, the move costs ${brief(cost)}`)));
    if (inconsistent.length > LISTED) list.append(html("li", {}, `and ${inconsistent.length - LISTED} more`));
  }

  function show() {
    for (const each of buttons) each.setAttribute("aria-pressed", String(each.dataset.paint === paint));
    desk.seen = {};
    answer();
    desk.draw();
  }

  desk.addEventListener("answer", answer);
  place.closest("details").addEventListener("toggle", show);
  show();
}
