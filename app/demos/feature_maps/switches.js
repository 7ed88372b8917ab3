// Every combination of five regularisers, drawn ahead: five check boxes pick one of 32 pictures, and the whole grid shows what each does.
// @ts-check

import { times } from "./activation.js";
import { parsed } from "./channels.js";
import { choice, cut, dressed, html } from "./elements.js";
import { figure } from "/static/js/words.js";

/** @typedef {{channel: string, tile: number, columns: number, switches: string[], labels: string[], activation: number[], best: number | null, seconds: number[]}} Grid */

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default async function switches(root, view) {
  dressed("parts.css");
  const { about, sheets } = view;
  if (!about.switches.length) return root.replaceChildren(html("p", {}, "Nobody has drawn the combinations on this server yet."));
  const [boxes, large, words, all] = [html("div", { class: "boxes", role: "group", "aria-label": "Switches" }), html("div", { class: "large" }), html("p", { role: "status" }), html("div", { class: "all", role: "group", "aria-label": "All combinations" })];
  const live = Object.assign(html("button", { type: "button" }, "Draw this one live"), { onclick: draw });
  const chosen = choice("Channel", about.switches.map(({ name, title }) => [name, title]), (name) => open(name));
  root.replaceChildren(html("div", { class: "combined" }, chosen, html("div", { class: "both" }, large, html("div", {}, boxes, words, live)), all));
  /** @type {Grid} */
  let grid;
  let [known, on] = [about.switches[0], 0];

  async function open(name) {
    known = about.switches.find((each) => each.name === name);
    const answer = await fetch(known.json);
    if (!answer.ok) return;
    grid = await answer.json();
    boxes.replaceChildren(...grid.switches.map((each, bit) => {
      const box = Object.assign(html("input", { type: "checkbox" }), { onchange: () => show(on ^ (1 << bit)) });
      return html("label", { class: "check" }, box, grid.labels[bit]);
    }));
    all.replaceChildren(...grid.activation.map((_, number) => Object.assign(html("button", { type: "button", class: "bare", "aria-label": named(grid, number) }, picture(number)), { onclick: () => show(number) })));
    show(on);
  }

  function picture(number) {
    const { tile, columns } = grid;
    return cut(known.sheet, [(number % columns) * tile, Math.floor(number / columns) * tile, tile, tile], [columns * tile, Math.ceil(grid.activation.length / columns) * tile]);
  }

  function show(number) {
    on = number;
    boxes.querySelectorAll("input").forEach((box, bit) => { box.checked = Boolean(number & (1 << bit)); });
    [...all.children].forEach((each, i) => each.setAttribute("aria-pressed", String(i === number)));
    large.replaceChildren(picture(number));
    words.textContent = told(grid, number);
  }

  function draw() {
    const at = parsed(grid.channel, sheets.networks);
    const set = Object.fromEntries(grid.switches.map((name, bit) => [name, Boolean(on & (1 << bit))]));
    const off = Object.fromEntries(Object.keys(Object.values(about.methods)[0]).map((name) => [name, false]));
    if (at) view.draw(at, { question: "draw", objective: "channel", method: "own", ...off, ...set });
  }

  await open(known.name);
}

/** Which switches are on. @param {Grid} grid */
export function named({ labels }, number) {
  const on = labels.filter((_, bit) => number & (1 << bit));
  return on.length ? on.join(", ") : "none of the five";
}

/** “Grow, Jitter: 6.2, 3.1 × the best photograph, in 4.2 s.” @param {Grid} grid */
export function told(grid, number) {
  const ratio = times(grid.activation[number], grid.best);
  const name = named(grid, number);
  return `${name[0].toUpperCase()}${name.slice(1)}: ${figure(grid.activation[number])}${ratio ? `, ${ratio} the best photograph` : ""}${grid.seconds?.[number] ? `, in ${grid.seconds[number].toFixed(1)} s` : ""}.`;
}
