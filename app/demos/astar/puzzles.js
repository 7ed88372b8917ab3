// Eight puzzles: a question first, then what the reader expects, then the search itself and why.
// @ts-check

import { button, html } from "./elements.js";
import { puzzles } from "./maps.js";
import { Terrain } from "./terrain.js";

export default async function quiz(desk, place) {
  const all = Object.entries(await puzzles());
  const tally = new Map(); // right or not, by name
  const list = html("div", { class: "row", role: "group", "aria-label": "Puzzles" });
  const inside = html("div", { class: "inside" });
  const said = html("p", { class: "said", role: "status" });

  const buttons = all.map(([name, { title }]) => button(title, () => pose(name), { "aria-pressed": "false", "data-puzzle": name }));
  list.append(...buttons);

  function pose(name) {
    const puzzle = Object.fromEntries(all)[name];
    buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.puzzle === name)));
    said.textContent = "";
    desk.load({ terrain: Terrain.fromRows(puzzle.map), start: puzzle.start, goal: puzzle.goal, set: { algorithm: "astar", heuristic: "octile", diagonal: "no-corner-cutting", ties: "high-g", landmarks: null, ...puzzle.set } });
    desk.veiled = true;
    const answers = puzzle.choices.map((words, i) => button(words, () => choose(name, puzzle, i, answers), { "data-choice": i }));
    inside.replaceChildren(html("p", { "data-question": true }, puzzle.question), html("div", { class: "row", role: "group", "aria-label": "What do you expect?" }, ...answers));
    answers[0].focus({ preventScroll: true });
  }

  async function choose(name, puzzle, chosen, answers) {
    if (!desk.veiled) return;
    tally.set(name, chosen === puzzle.right);
    answers.forEach((each, i) => {
      each.setAttribute("aria-pressed", String(i === chosen));
      each.setAttribute("aria-disabled", "true");
    });
    const right = [...tally.values()].filter(Boolean).length;
    said.textContent = `${chosen === puzzle.right ? "So it is" : `No: ${puzzle.choices[puzzle.right].toLowerCase()}`}. ${puzzle.because} ${right} of ${tally.size} right.`;
    desk.unveil();
  }

  place.append(html("p", { class: "help" }, "The search stays hidden until you have said what you expect."), list, inside, said);
}
