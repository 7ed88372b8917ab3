// The same method on an untrained network of the same shape, beside the trained one: what both have, training did not add.
// @ts-check

import { choice, dressed, html } from "./elements.js";

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function untrained(root, view) {
  dressed("parts.css");
  const { sheets } = view;
  const layers = sheets.networks.flatMap((network) => network.layers.filter((layer) => layer.untrained).map((layer) => ({ network: network.name, title: network.title, layer: layer.name })));
  if (!layers.length) return root.replaceChildren(html("p", {}, "Nobody has drawn an untrained network on this server yet."));
  const [before, after, words] = [html("div", { class: "sheet" }), html("div", { class: "sheet" }), html("p", { role: "status" })];
  const live = Object.assign(html("button", { type: "button" }, ""), { onclick: draw });
  let shown = layers[0];
  let number = 0;

  async function open(index) {
    shown = layers[index];
    const sheet = await sheets.read(shown);
    if (!sheet) return;
    const buttons = (url, kind) => Array.from({ length: sheet.channels }, (_, channel) => Object.assign(html("button", { type: "button", class: "bare", "aria-label": `Channel ${channel}, ${kind}` }, sheets.drawing(sheet, channel, url)), { onclick: () => choose(channel) }));
    before.replaceChildren(...buttons(sheet.untrained, "untrained"));
    after.replaceChildren(...buttons(sheet.url, "trained"));
    choose(0);
  }

  function choose(channel) {
    number = channel;
    for (const grid of [before, after]) [...grid.children].forEach((each, i) => each.setAttribute("aria-pressed", String(i === channel)));
    live.textContent = `Draw channel ${channel} untrained, live`;
    words.textContent = `Channel ${channel} of ${shown.layer} in both. They share a number and no more: the weights of the untrained one are random.`;
  }

  function draw() {
    view.draw({ network: shown.network, layer: shown.layer, channel: number }, { question: "draw", objective: "channel", untrained: true });
  }

  root.replaceChildren(html("div", { class: "trained" },
    html("p", {}, "Both sheets were drawn in the same way, with as many steps and the same seed. What also comes out on the left belongs to the architecture and to the method. What is on the right alone was learned."),
    choice("Layer", layers.map(({ title, layer }, i) => [String(i), `${layer}, ${title}`]), (index) => open(Number(index))),
    html("div", { class: "two" }, html("figure", {}, html("figcaption", {}, "Untrained"), before), html("figure", {}, html("figcaption", {}, "Trained"), after)),
    words, live));
  open(0);
}
