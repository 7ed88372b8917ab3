// What a search found and what it cost, in numbers and in one sentence.
// @ts-check

import { brief } from "./board.js";

const QUIET = 700; // while something is dragged, nothing is said
let pause = 0;

const count = (number) => (number === null || number === undefined ? "–" : number.toLocaleString("en"));

/** A ratio that is not rounded to one unless it is one. */
export const ratio = (cost, optimum) => (!cost || !optimum ? "–" : Math.abs(cost / optimum - 1) < 1e-9 ? "1" : (cost / optimum).toFixed(3));

/** @param {any} result */
export const figures = (result) => ({
  cost: result.found ? result.cost.toFixed(2) : "no path",
  ratio: ratio(result.cost, result.optimum),
  expanded: count(result.expanded),
  generated: count(result.generated),
  milliseconds: result.milliseconds < 10 ? result.milliseconds.toFixed(1) : String(Math.round(result.milliseconds)),
});

/** Writes them at a desk, and says them once nothing moves any more. */
export function tell({ bench, result, veiled }) {
  for (const [name, words] of Object.entries(figures(result))) {
    const place = bench.querySelector(`[data-figure="${name}"]`);
    if (place) place.textContent = veiled ? "?" : words;
  }
  clearTimeout(pause);
  if (veiled) return bench.voice.say("Say what you expect; then the search is shown", { quietly: true });
  const words = sentence(result);
  bench.voice.say(words, { quietly: true });
  pause = setTimeout(() => bench.say(words, { aloudOnly: true }), QUIET);
}

function sentence({ found, cost, optimum, expanded, complete, facts }) {
  const after = `after ${count(expanded)} ${expanded === 1 ? "expansion" : "expansions"}`;
  if (!complete) return `Given up ${after}: a path may exist`;
  if (!found) return `There is no path: known ${after}`;
  const worth = ratio(cost, optimum);
  const mended = facts?.repair === undefined ? "" : `; mending took ${count(facts.repair)}, a fresh search ${count(facts.fresh)}`;
  return `A path of ${brief(cost)} ${after}${worth === "1" || worth === "–" ? "" : `, ${worth} × the cheapest`}${mended}`;
}
