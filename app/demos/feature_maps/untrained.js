// The same method on an untrained network of the same shape, beside the trained one: what both have, training did not
// add.
// @ts-check

import { button, choice, dressed } from "./controls.js";
import { html } from "./elements.js";

const NOTE =
  "Both sheets were drawn in the same way, with as many steps and the same seed. What also comes out on the left " +
  "belongs to the architecture and to the method. What is on the right alone was learned.";

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function untrained(root, view) {
  dressed("parts.css");
  const layers = view.sheets.networks.flatMap(({ name, title, layers: all }) =>
    all.filter((layer) => layer.untrained).map((layer) => ({ network: name, title, layer: layer.name })),
  );
  if (layers.length) new Untrained(root, view, layers).open(0);
  else root.replaceChildren(html("p", {}, "Nobody has drawn an untrained network on this server yet."));
}

class Untrained {
  #of; // the layer that is shown
  #channel = 0;

  constructor(root, view, layers) {
    Object.assign(this, { view, layers });
    [this.before, this.after] = [html("div", { class: "sheet" }), html("div", { class: "sheet" })];
    this.words = html("p", { role: "status" });
    this.live = button("", () => this.#draw());
    const names = layers.map(({ title, layer }, i) => [String(i), `${layer}, ${title}`]);
    const side = (name, sheet) => html("figure", {}, html("figcaption", {}, name), sheet);
    const two = html("div", { class: "two" }, side("Untrained", this.before), side("Trained", this.after));
    const choose = choice("Layer", names, (index) => this.open(Number(index)));
    root.replaceChildren(html("div", { class: "trained" }, html("p", {}, NOTE), choose, two, this.words, this.live));
  }

  async open(index) {
    const of = (this.#of = this.layers[index]);
    const sheet = await this.view.sheets.read(of);
    if (!sheet || of !== this.#of) return;
    this.before.replaceChildren(...this.#buttons(sheet, sheet.untrained, "untrained"));
    this.after.replaceChildren(...this.#buttons(sheet, sheet.url, "trained"));
    this.#choose(0);
  }

  #buttons(sheet, url, kind) {
    return Array.from({ length: sheet.channels }, (_, channel) => {
      const drawing = this.view.sheets.drawing(sheet, channel, url);
      const label = `Channel ${channel}, ${kind}`;
      return button(drawing, () => this.#choose(channel), { class: "bare", "aria-label": label });
    });
  }

  #choose(channel) {
    this.#channel = channel;
    for (const sheet of [this.before, this.after])
      [...sheet.children].forEach((each, i) => each.setAttribute("aria-pressed", String(i === channel)));
    this.live.textContent = `Draw channel ${channel} untrained, live`;
    this.words.textContent =
      `Channel ${channel} of ${this.#of.layer} in both. They share a number and no more: ` +
      "the weights of the untrained one are random.";
  }

  #draw() {
    const { network, layer } = this.#of;
    const wanted = { question: "draw", objective: "channel", untrained: true };
    this.view.draw({ network, layer, channel: this.#channel }, wanted);
  }
}
