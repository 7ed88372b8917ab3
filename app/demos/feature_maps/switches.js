// Every combination of five regularisers, drawn ahead: five check boxes pick one of 32 pictures, and the whole grid
// shows what each does.
// @ts-check

import { times } from "./activation.js";
import { parsed } from "./channels.js";
import { button, choice, dressed } from "./controls.js";
import { cut, html } from "./elements.js";
import { figure } from "/static/js/words.js";

/**
 * @typedef {{channel: string, tile: number, columns: number, switches: string[], labels: string[], activation:
 * number[], best: number | null, seconds?: number[]}} Grid
 */

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default async function switches(root, view) {
  dressed("parts.css");
  if (view.about.switches.length) await new Switches(root, view).open(view.about.switches[0].name);
  else root.replaceChildren(html("p", {}, "Nobody has drawn the combinations on this server yet."));
}

class Switches {
  /** @type {Grid} */
  grid;
  #on = 0; // bit i is switch i

  constructor(root, view) {
    this.view = view;
    [this.large, this.words] = [html("div", { class: "large" }), html("p", { role: "status" })];
    [this.boxes, this.all] = [
      html("div", { class: "boxes", role: "group", "aria-label": "Switches" }),
      html("div", { class: "combinations", role: "group", "aria-label": "All combinations" }),
    ];
    const live = button("Draw this one live", () => this.#draw());
    const channels = choice(
      "Channel",
      view.about.switches.map(({ name, title }) => [name, title]),
      (name) => this.open(name),
    );
    root.replaceChildren(
      html(
        "div",
        { class: "combined" },
        channels,
        html("div", { class: "both" }, this.large, html("div", {}, this.boxes, this.words, live)),
        this.all,
      ),
    );
  }

  async open(name) {
    this.known = this.view.about.switches.find((each) => each.name === name);
    const answer = await fetch(this.known.json);
    if (!answer.ok) return;
    this.grid = await answer.json();
    this.boxes.replaceChildren(
      ...this.grid.labels.map((words, bit) => {
        const box = Object.assign(html("input", { type: "checkbox" }), {
          onchange: () => this.#show(this.#on ^ (1 << bit)),
        });
        return html("label", { class: "check" }, box, words);
      }),
    );
    this.all.replaceChildren(
      ...this.grid.activation.map((_, number) =>
        button(this.#picture(number), () => this.#show(number), {
          class: "bare",
          "aria-label": named(this.grid, number),
        }),
      ),
    );
    this.#show(this.#on);
  }

  #picture(number) {
    const { tile, columns, activation } = this.grid;
    return cut(
      this.known.sheet,
      [(number % columns) * tile, Math.floor(number / columns) * tile, tile, tile],
      [columns * tile, Math.ceil(activation.length / columns) * tile],
    );
  }

  #show(number) {
    this.#on = number;
    this.boxes.querySelectorAll("input").forEach((box, bit) => {
      box.checked = Boolean(number & (1 << bit));
    });
    [...this.all.children].forEach((each, i) => each.setAttribute("aria-pressed", String(i === number)));
    this.large.replaceChildren(this.#picture(number));
    this.words.textContent = told(this.grid, number);
  }

  #draw() {
    const { about, sheets, draw } = this.view;
    const at = parsed(this.grid.channel, sheets.networks);
    const off = Object.fromEntries(Object.keys(Object.values(about.methods)[0]).map((name) => [name, false]));
    const on = Object.fromEntries(this.grid.switches.map((name, bit) => [name, Boolean(this.#on & (1 << bit))]));
    if (at) draw(at, { question: "draw", objective: "channel", method: "own", ...off, ...on });
  }
}

/** Which switches are on. @param {Pick<Grid, "labels">} grid */
export function named({ labels }, number) {
  const on = labels.filter((_, bit) => number & (1 << bit));
  return on.length ? on.join(", ") : "None of the five";
}

/** “Grow, Jitter: 6.2, 3.1 × the best photograph, in 4.2 s.” @param {Grid} grid */
export function told(grid, number) {
  const ratio = times(grid.activation[number], grid.best);
  const seconds = grid.seconds?.[number];
  const told = [
    figure(grid.activation[number]),
    ...(ratio ? [`${ratio} the best photograph`] : []),
    ...(seconds ? [`in ${seconds.toFixed(1)} s`] : []),
  ];
  return `${named(grid, number)}: ${told.join(", ")}.`;
}
