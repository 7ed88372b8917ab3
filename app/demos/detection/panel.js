// What is its own of the detection bench: four stages of one photograph, and sliders that act at once on what came with it.
// @ts-check

import { Answer } from "./answer.js";
import { head } from "./arrays.js";
import { crop, facts } from "./crops.js";
import { bars, chips, redraw, rows, traces } from "./list.js";
import { counts } from "./objects.js";
import { Overlay } from "./overlay.js";

const INSTANT = ["stage", "threshold", "overlap", "suppression", "most", "smallest"];
const CELLS = 4;

/**
 * What a part that is loaded when it is opened (explorer, failures, replay) is given: `default (root, view)`, which may give
 * {draw(), close()}. `answer` and `shown` are null while there is nothing on the bench; draw() is called when they change.
 *
 * @typedef {object} View
 * @property {any} bench
 * @property {SVGGElement} layer over the boxes, in pixels of the picture; `unit()` of them make a CSS pixel
 * @property {() => number} unit
 * @property {() => Answer | null} answer
 * @property {() => {objects: import("./objects.js").Seen[]} | null} shown what is kept, best first
 * @property {() => import("./answer.js").Settings} settings
 * @property {() => Promise<import("./arrays.js").Head | null>} head fetched when it is first asked for
 */

/** @param {any} bench */
export default function panel(bench) {
  const find = (part) => bench.querySelector(`[data-${part}]`);
  const overlay = new Overlay(find("overlay"), { mark, choose });
  const only = new Set();
  const parts = [];
  let [answer, shown, files, chosen, whole, turn, waiting] = [null, null, null, null, false, 0, 0];

  const settings = () => bench.fields.values();
  const photo = () => bench.frame("photo").querySelector("img:last-child");
  const seen = (index) => shown?.objects.find((each) => each.index === index) ?? null;

  /** @type {View} */
  const view = { bench, layer: overlay.layer, unit: () => overlay.unit, answer: () => answer, shown: () => shown, settings, head: whole_head };

  function draw() {
    bench.toggleAttribute("data-live", Boolean(answer));
    if (answer) drawAnswer(settings());
    for (const part of parts) part.draw?.();
  }

  function drawAnswer(now) {
    const { data } = answer;
    const found = answer.shown(now);
    const classes = counts(found.objects);
    for (const label of only) if (!classes.some(([other]) => other === label)) only.delete(label);
    shown = { ...found, objects: found.objects.filter(({ label }) => !only.size || only.has(label)) };
    find("tally").textContent = found.tally;
    find("readout").dataset.stage = now.stage;
    overlay.draw(data, shown.objects, { cells: now.stage === "sixteen" ? CELLS : 0 });
    redraw(find("chips"), chips(classes, only, data.classes));
    redraw(find("rows"), rows(shown.objects, data.classes, photo(), data.width));
    redraw(find("presence"), bars(data.presence, data.classes, whole));
    drawTraces();
    choose(seen(chosen) ? chosen : shown.objects[0]?.index ?? null);
  }

  function drawTraces() {
    find("removed").textContent = shown.removed.length.toLocaleString("en");
    if (find("trace").open) redraw(find("traces"), traces(shown));
  }

  function mark(index) {
    overlay.mark(index);
    for (const row of find("rows").children) row.classList.toggle("on", row.dataset.row === String(index));
  }

  function choose(index) {
    chosen = index;
    const one = seen(index);
    for (const row of find("rows").children) row.querySelector("button").setAttribute("aria-pressed", String(row.dataset.row === String(index)));
    find("cut").replaceChildren(...(one ? [crop(photo(), one.box, answer.data.width)] : []));
    find("facts").textContent = one ? facts(one, answer.data) : "";
    find("save-crop").hidden = !one;
  }

  /** Many moves of a slider between two frames are drawn once. */
  function soon() {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(draw);
  }

  function forget() {
    turn += 1;
    [answer, shown, files, chosen] = [null, null, null, null];
    only.clear();
    draw();
  }

  async function take({ data, files: urls }) {
    forget();
    if (!urls?.candidates || !data) return; // an old run, or one that was stopped: its picture is all there is
    const mine = turn;
    const [every, sixteen] = await Promise.all([urls.candidates, urls.sixteen].map(fetched)).catch(() => []);
    if (mine !== turn || !sixteen) return;
    await photo()?.decode().catch(() => {});
    [answer, files] = [new Answer(data, { candidates: every, sixteen }), urls];
    draw();
  }

  async function whole_head() {
    const [{ data }, url] = [answer ?? {}, files?.head];
    if (!url) return null;
    files.read ??= fetched(url).then((file) => head(file, data.grids, data.classes.length));
    return files.read;
  }

  find("chips").addEventListener("click", ({ target }) => {
    const label = target.closest("button")?.dataset.key;
    if (label && !only.delete(label)) only.add(label);
    draw();
  });
  find("rows").addEventListener("click", ({ target }) => target.closest("tr") && choose(Number(target.closest("tr").dataset.row)));
  for (const type of ["pointerover", "focusin"]) find("rows").addEventListener(type, ({ target }) => mark(Number(target.closest("tr")?.dataset.row)));
  for (const type of ["pointerleave", "focusout"]) find("rows").addEventListener(type, () => mark(null));
  find("presence").addEventListener("click", ({ target }) => {
    if (!target.closest("button")) return;
    whole = !whole;
    draw();
  });
  find("trace").addEventListener("toggle", () => shown && drawTraces());
  const told = (target) => shown?.removed[target.closest("button")?.dataset.key];
  for (const type of ["pointerover", "focusin"]) {
    find("traces").addEventListener(type, ({ target }) => told(target) && overlay.together(shown.pair(told(target)), answer.data));
  }
  for (const type of ["pointerleave", "focusout"]) find("traces").addEventListener(type, () => overlay.together(null));
  find("downloads").addEventListener("click", async ({ target }) => {
    const kind = target.closest("[data-kind]")?.dataset.kind;
    if (kind && shown) (await import("./downloads.js")).save(kind, answer.data, shown.objects, photo());
  });
  find("save-crop").addEventListener("click", async () => {
    const { hand } = await import("./downloads.js");
    find("cut").querySelector("canvas").toBlob((blob) => hand(blob, `${seen(chosen).label}.png`));
  });
  for (const root of bench.querySelectorAll("[data-part]")) root.addEventListener("toggle", () => open(root, parts, view), { once: true });
  bench.fields.form.addEventListener("change", ({ target }) => {
    if (answer && INSTANT.includes(target.name)) bench.say(`${find("tally").textContent}`, { aloudOnly: true });
  });
  bench.addEventListener("values", soon);

  return {
    instant: INSTANT,
    begin: forget,
    chose: (name) => name === "photo" && forget(),
    settle: ({ output, latest }) => take(output ?? latest ?? {}),
  };
}

/** Loads a part of the bench when a reader opens it. */
async function open(root, parts, view) {
  const made = await import(`./${root.dataset.part}.js`);
  parts.push(made.default(root.querySelector(".inside"), view) ?? {});
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("The file could not be read.");
  return answer.arrayBuffer();
}
