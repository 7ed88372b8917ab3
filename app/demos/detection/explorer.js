// The explorer: single anchors of the photograph on the bench, and boxes that the reader draws, with what the training makes of them.
// @ts-check

import { Cells } from "./cells.js";
import { heads } from "./heads.js";
import { Matches } from "./matches.js";
import { shape } from "./overlay.js";

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function explorer(root, view) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./explorer.css", import.meta.url).href }));
  const form = /** @type {HTMLFormElement} */ (root.querySelector("form"));
  const details = /** @type {HTMLDetailsElement} */ (root.closest("details"));
  const svg = /** @type {SVGSVGElement} */ (view.layer.ownerSVGElement);
  const layers = Object.fromEntries(["anchor", "match"].map((name) => [name, shape("g", { class: `explored ${name}` })]));
  const matches = new Matches(form, layers.match, view, () => draw());
  const looks = { anchor: new Cells(form, layers.anchor, matches, () => draw()), match: matches };
  let known = null;
  let head = null;

  /** Reads the heads of the photograph on the bench, where they are not known yet. */
  async function read() {
    const answer = view.answer();
    const raw = answer && await view.head();
    if (view.answer() !== answer || known?.answer === answer) return;
    matches.forget();
    known = raw ? { answer, data: answer.data, ...heads(answer.data, raw) } : null;
  }

  async function draw() {
    const answer = view.answer();
    if (details.open && answer && known?.answer !== answer) await read();
    const seen = details.open && known?.answer === view.answer() ? known : null;
    form.querySelector("[data-missing]").hidden = Boolean(seen);
    form.querySelector("[data-present]").hidden = !seen;
    svg.classList.toggle("exploring", Boolean(seen));
    const { look } = values(form);
    for (const part of form.querySelectorAll("[data-look]")) part.hidden = part.dataset.look !== look;
    if (!seen) return view.layer.replaceChildren();
    if (layers[look].parentNode !== view.layer) view.layer.replaceChildren(layers[look]); // what is put in again loses the focus
    const changed = head !== seen[values(form).head];
    head = seen[values(form).head];
    form.dataset.head = values(form).head;
    looks[look].draw(head, seen.data, changed);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", draw);
  details.addEventListener("toggle", draw);
  draw();
  return { draw };
}

const values = (form) => Object.fromEntries(new FormData(form));
