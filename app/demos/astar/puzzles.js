// Eight puzzles: a question first, then what the reader expects, then the search itself and why.
// @ts-check

import { button, html } from "./elements.js";
import { ready } from "./maps.js";

const USUAL = { algorithm: "astar", heuristic: "octile", weight: 1.5, diagonal: "no-corner-cutting", ties: "high-g", landmarks: null };

export default function puzzles(desk, place) {
  const all = JSON.parse(place.closest("[data-list]").dataset.list);
  const tally = new Map(); // right or not, by name
  const list = html("div", { class: "row", role: "group", "aria-label": "Puzzles" });
  const inside = html("div", { class: "inside" });
  const said = html("p", { class: "said", role: "status" });

  const buttons = all.map(([name, title]) => button(title, () => pose(name), { "aria-pressed": "false", "data-puzzle": name }));
  list.append(...buttons);

  async function pose(name) {
    const { puzzle, ...map } = await ready(name).catch((error) => ({ puzzle: null, error }));
    if (!puzzle) return void (said.textContent = "The server cannot be reached. Try again in a moment.");
    buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.puzzle === name)));
    said.textContent = "";
    desk.load({ ...map, set: { ...USUAL, ...puzzle.options } });
    desk.veiled = true;
    const answers = puzzle.choices.map((words, i) => button(words[0].toUpperCase() + words.slice(1), () => choose(name, puzzle, i, answers), { "data-choice": i }));
    inside.replaceChildren(html("p", { "data-question": true }, puzzle.question), html("div", { class: "row", role: "group", "aria-label": "What do you expect?" }, ...answers));
    answers[0].focus({ preventScroll: true });
  }

  function choose(name, puzzle, chosen, answers) {
    if (!desk.veiled) return;
    tally.set(name, chosen === puzzle.answer);
    answers.forEach((each, i) => {
      each.setAttribute("aria-pressed", String(i === chosen));
      each.setAttribute("aria-disabled", "true");
    });
    const right = [...tally.values()].filter(Boolean).length;
    said.textContent = `${chosen === puzzle.answer ? "So it is" : `No: ${puzzle.choices[puzzle.answer]}`}. ${puzzle.why} ${right} of ${tally.size} right.`;
    desk.unveil();
  }

  place.append(html("p", { class: "help" }, "The search stays hidden until you have said what you expect."), list, inside, said);
}
