// Eight puzzles: a question first, then what the reader expects, then the search itself and why.
// @ts-check

import { button, html } from "./elements.js";
import { ready } from "./maps.js";

const USUAL = { algorithm: "astar", heuristic: "octile", weight: 1.5, diagonal: "no-corner-cutting", ties: "high-g", landmarks: null };
const GONE = "The server cannot be reached. Try again in a moment.";

const capital = (words) => words[0].toUpperCase() + words.slice(1);

class Puzzles {
  #tally = new Map(); // right or not, by name
  #inside = html("div", { class: "inside" });
  #said = html("p", { class: "said", role: "status" });

  constructor(desk, place) {
    this.desk = desk;
    const all = JSON.parse(place.closest("[data-list]").dataset.list);
    this.buttons = all.map(([name, title]) => button(title, () => this.#pose(name), { "aria-pressed": "false", "data-puzzle": name }));
    place.append(
      html("p", { class: "help" }, "The search stays hidden until you have said what you expect."),
      html("div", { class: "row", role: "group", "aria-label": "Puzzles" }, ...this.buttons), this.#inside, this.#said);
  }

  async #pose(name) {
    const { puzzle, ...map } = await ready(name).catch(() => ({ puzzle: null }));
    if (!puzzle) return void (this.#said.textContent = GONE);
    for (const each of this.buttons) each.setAttribute("aria-pressed", String(each.dataset.puzzle === name));
    this.#said.textContent = "";
    this.desk.load({ ...map, set: { ...USUAL, ...puzzle.options } });
    this.desk.veiled = true;
    const answers = puzzle.choices.map((words, i) => button(capital(words), () => this.#choose(name, puzzle, i, answers), { "data-choice": i }));
    this.#inside.replaceChildren(html("p", { "data-question": true }, puzzle.question), html("div", { class: "row", role: "group", "aria-label": "What do you expect?" }, ...answers));
    answers[0].focus({ preventScroll: true });
  }

  #choose(name, puzzle, chosen, answers) {
    if (!this.desk.veiled) return;
    this.#tally.set(name, chosen === puzzle.answer);
    answers.forEach((each, i) => {
      each.setAttribute("aria-pressed", String(i === chosen));
      each.setAttribute("aria-disabled", "true");
    });
    const right = [...this.#tally.values()].filter(Boolean).length;
    const verdict = chosen === puzzle.answer ? "So it is" : `No: ${puzzle.choices[puzzle.answer]}`;
    this.#said.textContent = `${verdict}. ${puzzle.why} ${right} of ${this.#tally.size} right.`;
    this.desk.unveil();
  }
}

export default (desk, place) => new Puzzles(desk, place);
