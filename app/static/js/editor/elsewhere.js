// The same post on another device: asked for every ten seconds, so that its author is told before two texts part.
// @ts-check

const PERIOD = 10_000;
const PRESENT = 600_000; // an editor that nobody touches asks nothing, and keeps nobody signed in

/**
 * @param {HTMLElement} root
 * @param {HTMLFormElement} form
 * @param {import("./keeping.js").Keeper} keeper
 * @param {{saved: () => void, typed: () => void}} told
 */
export function watch(root, form, keeper, told) {
  let touched = Date.now();
  for (const kind of ["keydown", "pointerdown"]) root.addEventListener(kind, () => { touched = Date.now(); });
  setInterval(async () => {
    if (document.hidden || keeper.busy || !root.dataset.post || Date.now() - touched > PRESENT) return;
    const there = await newest(new URL(form.action).pathname);
    if (!there || keeper.busy) return; // what this page sends itself is no news
    if (there.version > Number(form.elements.version.value)) told.saved();
    else if (there.rev > Number(form.elements.rev.value)) told.typed();
  }, PERIOD);
}

/** @param {string} post @returns {Promise<{version: number, rev: number} | null>} */
async function newest(post) {
  try {
    const response = await fetch(`${post}/copy/newest`, { headers: { Accept: "application/json" } });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
