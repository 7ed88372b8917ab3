// What the bench asks the server for, when it is first wanted: another problem, and the HTML of another part.
// @ts-check

import { query } from "/static/js/address.js";
import { parsed } from "/static/js/markup.js";

const problems = new Map();

/** A problem with its numbers, words and question. */
export async function problem(bench, name) {
  if (!problems.has(name)) {
    const answer = await fetch(`/api/v1/demos/${bench.dataset.name}${query({ problem: name })}`);
    problems.set(name, (await answer.json()).problem);
  }
  return problems.get(name);
}

/** Fills the places of a part with what the server draws of it. @param {HTMLElement[]} places */
export async function fill(bench, places, name) {
  const answer = await fetch(`/demos/${bench.dataset.name}${query({ ...bench.fields.changes(), part: name })}`);
  const page = parsed(await answer.text());
  for (const place of places) place.replaceChildren(...page.querySelector(`[data-part="${name}"][data-place=${place.dataset.place}]`).childNodes);
}
