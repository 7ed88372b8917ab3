// The answer to a question about a path: found here where the search is of the best-first family, and by the server otherwise.
// @ts-check

import { FAMILY, optimum, solve } from "./best_first.js";
import { NAMES } from "./heuristics.js";

export const MOST_STEPS = 20_000;

/** What is loaded when it is wanted. */
export const part = (name) => import(`./${name}.js`);

/** Whether a question is answered without the server. */
export const here = ({ algorithm, heuristic, formula }) => FAMILY.includes(algorithm) && (NAMES.includes(heuristic) || Boolean(formula));

/** With its first steps where they are wanted. Raises Refusal with a sentence. @param {any} question @param {{steps?: boolean}} [how] */
export async function answered(question, { steps = false } = {}) {
  return here(question) ? solve(question, { most: steps ? MOST_STEPS : 0 }) : (await part("server")).asked(question);
}

/** What the cheapest path on the grid costs, null where there is none. */
export function cheapest(question, result) {
  if (!result.found) return null;
  return result.optimum ?? (result.bound === 1 ? result.cost : optimum(question));
}
