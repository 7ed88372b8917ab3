// Results of one test in a row, in any order, with or without memory.
// @ts-check

import { line, paint } from "./chart.js";
import { odds } from "./diagnosis.js";
import { rows } from "./elements.js";
import { ends, inSequence } from "./sequence.js";
import { factor, percent, ratio } from "./wording.js";

const MOST = 30;
const SAME = 1e-12;

/** What the same results tell in other orders. */
export function ordered([low, high]) {
  return high - low < SAME ? "Every order of these results tells the same." : `The same results in other orders tell from ${percent(low)} to ${percent(high)}.`;
}

/** The results that were written, with typographic signs and spaces mended; null where there is something else. @param {string | null} text */
export function read(text) {
  const row = (text ?? "").replace(/[−–]/g, "-").replace(/ /g, "+");
  return /^[+-]*$/.test(row) && row.length <= MOST ? row : null;
}

/** @param {import("./panel.js").View} view */
export default function row(view) {
  const { bench } = view;
  const results = () => read(view.values().results) ?? "";
  const write = (next) => view.set({ results: next.slice(0, MOST) || null });
  const acts = { "+": () => write(`${results()}+`), "-": () => write(`${results()}-`), back: () => write(results().slice(0, -1)), clear: () => write(""), shuffle: () => write(shuffled(results())) };

  view.find("press").parentElement.addEventListener("click", ({ target }) => acts[target.closest("[data-press]")?.dataset.press]?.());

  return {
    draw(values) {
      const signs = read(values.results);
      if (signs === null) return { results: `Results: write + and − in their order, such as ++−, ${MOST} at most.` };
      const test = view.test();
      const { before, positive, negative } = odds(test);
      const [steps, alone] = [inSequence(test, signs, values.correlation), inSequence(test, signs)];
      const last = steps.at(-1);
      view.find("about").textContent = `Each + multiplies the odds by ${factor(positive.factor)}, each − by ${factor(negative.factor)}. They begin at ${ratio(before)}.`;
      const said = last ? `After ${signs.replaceAll("-", "−")}: ${percent(last.posterior)}.` : `Before any result: ${percent(test.prior)}.`;
      if (view.find("told").textContent !== said) bench.say(said, { aloudOnly: true });
      view.find("told").textContent = said;
      const range = last && ends(test, signs, values.correlation);
      view.find("orders").textContent = range ? ordered(range) : "";
      const path = (told) => line([test.prior, ...told.map(({ posterior }) => posterior)].flatMap((y, at) => (y === null ? [] : [[at / Math.max(1, told.length), y]])));
      paint(view.find("chart"), { posterior: path(steps), alone: path(alone) });
      const sign = (result) => result.replace("-", "−");
      const told = steps.map((step, i) => [sign(step.result), `× ${factor(step.factor)}`, percent(step.posterior), percent(alone[i].posterior)]);
      rows(view.find("steps"), [["before", "", percent(test.prior), percent(test.prior)], ...told]);
      return null;
    },
  };
}

/** Another order, where there is one. */
function shuffled(row) {
  for (let tries = 0; tries < 20; tries += 1) {
    const signs = [...row];
    for (let at = signs.length - 1; at > 0; at -= 1) {
      const other = Math.floor(Math.random() * (at + 1));
      [signs[at], signs[other]] = [signs[other], signs[at]];
    }
    if (signs.join("") !== row) return signs.join("");
  }
  return row;
}
