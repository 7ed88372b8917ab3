// The address of a demo's page: whoever has it finds the bench set the same way.
// @ts-check

/** @param {Record<string, any>} changes values that are not the usual ones */
export function query(changes) {
  const given = Object.entries(changes).filter(([, value]) => value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

/** The values that an address can ask for. A reader's own file has no address, and is left out. */
export const asked = (fields) => Object.fromEntries(Object.entries(fields.changes()).filter(([name]) => !fields.file(name)));

/** Keeps the page's address at what the bench shows. */
export function follow(bench) {
  const { fields } = bench;
  bench.addEventListener("values", () => {
    history.replaceState(history.state, "", location.pathname + query(asked(fields)) + location.hash);
  });
}
