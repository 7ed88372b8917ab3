// The address of a demo's page: whoever has it finds the bench set the same way.
// @ts-check

/** @param {Record<string, any>} changes values that are not the usual ones */
export function query(changes) {
  const given = Object.entries(changes).filter(([, value]) => value !== null);
  return given.length ? `?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}` : "";
}

/** Keeps the page's address at what the bench shows. A reader's own file has no address, and is left out. */
export function follow(bench) {
  const { fields } = bench;
  bench.addEventListener("values", () => {
    const told = Object.fromEntries(Object.entries(fields.changes()).filter(([name]) => !fields.file(name)));
    history.replaceState(history.state, "", location.pathname + query(told) + location.hash);
  });
}
