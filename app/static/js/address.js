// The address of a demo's page: whoever has it finds the bench set the same way.
// @ts-check

import { paced } from "./pace.js";

const PAUSE = 400;

/** @param {Record<string, any>} changes values that are not the usual ones */
export function query(changes) {
  const given = Object.entries(changes).filter(([, value]) => value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

/** The values that an address can ask for. A reader's own file has no address, and is left out. */
export const asked = (fields) => Object.fromEntries(Object.entries(fields.changes()).filter(([name]) => !fields.file(name)));

/**
 * Keeps the page's address at what the bench shows. A drag changes values at every frame, and browsers refuse a page that writes
 * its address more than a hundred times in half a minute: so it is written at once, then after a pause; the last value always is.
 */
export function follow(bench) {
  const { fields } = bench;
  const write = () => history.replaceState(history.state, "", location.pathname + query(asked(fields)) + location.hash);
  bench.addEventListener("values", paced(async () => write(), PAUSE));
  addEventListener("pagehide", write); // whoever leaves within the pause comes back to what was there
}
