// Which run a bench was showing, for as long as this tab is open: a reload or the back button finds it again.
// @ts-check

/** Remembers the address of a bench's run; null forgets it. */
export function keep(bench, url) {
  withStore((store) => (url ? store.setItem(key(bench), url) : store.removeItem(key(bench))));
}

/** The address that was kept for this bench on this page, or null. */
export function kept(bench) {
  return withStore((store) => store.getItem(key(bench)));
}

function key(bench) {
  const same = [...document.querySelectorAll(`live-demo[data-name="${bench.dataset.name}"]`)];
  return `run ${bench.dataset.name} ${same.indexOf(bench)} ${location.pathname}${location.search}`;
}

function withStore(use) {
  try {
    return use(sessionStorage);
  } catch {
    return null; // storage is closed to us: the run still has an address of its own
  }
}
