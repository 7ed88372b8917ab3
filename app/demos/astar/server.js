// The server's answer to a question about a path.
// @ts-check

import { Refusal } from "/static/js/jobs.js";

/** Cells are counted row by row. */
export async function asked({ terrain, base = terrain, start, goal, landmarks, changes, formula, ...options }) {
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
