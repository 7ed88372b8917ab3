// The answer to a question about a path: found here where the search is of the best-first family, and by the server otherwise.
// @ts-check

import { Refusal } from "/static/js/jobs.js";
import { FAMILY, optimum, solve } from "./best_first.js";
import { NAMES } from "./heuristics.js";

export const MOST_STEPS = 20_000;

/** Whether a question is answered without the server. */
export const here = ({ algorithm, heuristic, formula }) => FAMILY.includes(algorithm) && (NAMES.includes(heuristic) || Boolean(formula));

/** With its first steps where they are wanted. Raises Refusal with a sentence. @param {any} question @param {{steps?: boolean}} [how] */
export async function answered(question, { steps = false } = {}) {
  return here(question) ? solve(question, { most: steps ? MOST_STEPS : 0 }) : asked(question);
}

/** The server's answer, cells counted row by row. */
async function asked({ terrain, base = terrain, start, goal, landmarks, changes, formula, ...options }) {
  const body = { ...options, map: base.code, start, goal, steps: true, ...(landmarks?.length && { landmarks }), ...(changes?.length && { changes }) };
  const answer = await fetch("/api/v1/demos/astar", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body: JSON.stringify(body) });
  const told = await answer.json();
  if (!answer.ok) throw new Refusal(told.error, { status: answer.status, problems: told.problems });
  return { ...told, ...counted(told, terrain) };
}

/** Steps as the search here tells them. */
function counted(told, terrain) {
  const cell = (place) => (place ? terrain.at(place) : -1);
  const one = (each) => ({ ...each, cell: cell(each.cell), parent: cell(each.parent) });
  const steps = told.steps.map((step) => ({ ...one(step), opened: step.opened.map(one), dropped: step.dropped?.map(cell) }));
  return { steps, order: [...new Set(steps.map((step) => step.cell))], stepsLeftOut: told.steps_left_out };
}

/** What the cheapest path on the grid costs, null where there is none. */
export function cheapest(question, result) {
  if (!result.found) return null;
  return result.optimum ?? (result.bound === 1 ? result.cost : optimum(question));
}
