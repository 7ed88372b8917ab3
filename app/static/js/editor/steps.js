// The text and its preview scroll in step, by the lines that the preview's blocks come from.
// @ts-check

/**
 * @param {HTMLElement} pane scrolls by itself on a wide screen, and leads while it is pointed at
 * @param {() => import("./plain.js").Writing} writing
 */
export function inStep(pane, writing) {
  let leads = "text";
  const lead = (who) => () => { leads = who; };
  for (const kind of ["pointerenter", "wheel", "touchstart", "focusin"]) pane.addEventListener(kind, lead("preview"), { passive: true });
  pane.addEventListener("pointerleave", lead("text"));
  document.addEventListener("keydown", (event) => { if (!pane.contains(/** @type {Node} */ (event.target))) leads = "text"; });
  const follow = () => { if (leads === "text") show(pane, writing().topLine()); };
  let waiting = 0;
  const soon = (act) => () => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(act);
  };
  window.addEventListener("scroll", soon(follow), { passive: true });
  pane.addEventListener("scroll", soon(() => { if (leads === "preview" && scrolls(pane)) writing().scrollTo(lineAt(pane)); }), { passive: true });
  return follow;
}

const scrolls = (pane) => pane.scrollHeight > pane.clientHeight + 1;

/** @returns {[number, number][]} lines and how far down they are, the first first */
function places(pane) {
  const top = pane.getBoundingClientRect().top - pane.scrollTop;
  const blocks = [...pane.querySelectorAll("[data-line]")];
  const found = blocks.map((block) => [Number(block.dataset.line), block.getBoundingClientRect().top - top]);
  const last = blocks.at(-1);
  return last ? [[1, Math.min(0, found[0][1])], ...found, [Number(last.dataset.line) + 10, last.getBoundingClientRect().bottom - top]] : [];
}

function show(pane, line) {
  if (!scrolls(pane)) return;
  pane.scrollTop = between(places(pane), line);
}

function lineAt(pane) {
  return Math.max(1, between(places(pane).map(([line, down]) => [down, line]), pane.scrollTop));
}

// A straight line from the place before to the one behind.
function between(pairs, at) {
  const behind = pairs.findIndex(([from]) => from >= at);
  if (behind <= 0) return behind ? pairs.at(-1)?.[1] ?? 0 : pairs[0][1];
  const [[from, one], [to, other]] = [pairs[behind - 1], pairs[behind]];
  return one + ((other - one) * (at - from)) / (to - from || 1);
}
