// Whether a layer is well: channels that nothing excites, channels that say the same, and drawings that are shrill.
// @ts-check

import { dressed, html } from "./elements.js";

const [PAIRS, RANKED] = [12, 12];

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function health(root, view) {
  dressed("parts.css");

  async function draw() {
    const of = view.layer();
    const sheet = await view.sheets.read(of);
    if (of !== view.layer()) return;
    root.replaceChildren(html("div", { class: "health" }, ...(sheet ? parts(sheet, of) : [html("p", {}, "Nobody has drawn the channels of this layer yet.")])));
  }

  /** A channel as a button that draws it. */
  function one(sheet, { network, layer }, channel, words) {
    const at = { network, layer, channel };
    const made = Object.assign(html("button", { type: "button", class: "bare", "aria-label": `Draw channel ${channel}${words ? `, ${words}` : ""}` }, view.sheets.drawing(sheet, channel), html("span", { "aria-hidden": "true" }, words || String(channel))), { onclick: () => view.draw(at) });
    for (const type of ["pointerenter", "focus"]) made.addEventListener(type, () => view.point(at));
    for (const type of ["pointerleave", "blur"]) made.addEventListener(type, () => view.point(null));
    return made;
  }

  function parts(sheet, of) {
    const named = (words) => html("h3", {}, words);
    const pairs = sheet.duplicates.toSorted((a, b) => b[2] - a[2]);
    const ranked = Array.from(sheet.artefacts.keys()).filter((channel) => !sheet.dead.includes(channel)).sort((a, b) => sheet.artefacts[b] - sheet.artefacts[a]);
    const percent = (channel) => `${(100 * sheet.artefacts[channel]).toFixed(sheet.artefacts[channel] < 0.1 ? 1 : 0)} %`;
    return [
      named(`Dead: ${sheet.dead.length} of ${sheet.channels}`),
      html("p", {}, sheet.dead.length ? `Nothing in the gallery makes them fire in ${of.layer}. What they were drawn as is what was left of the noise.` : `Each channel of ${of.layer} fires for something in the gallery.`),
      html("div", { class: "ones" }, ...sheet.dead.map((channel) => one(sheet, of, channel, ""))),
      named(`Nearly the same: ${pairs.length} ${pairs.length === 1 ? "pair" : "pairs"}`),
      html("p", {}, pairs.length ? "Their maps rise and fall together over the gallery: the number is their correlation. One of two could go." : "No two maps correlate by more than 0.95 over the gallery."),
      html("div", { class: "pairs" }, ...pairs.slice(0, PAIRS).map(([a, b, r]) => html("div", { class: "pair", role: "group", "aria-label": `Channels ${a} and ${b}: ${r.toFixed(2)}` }, one(sheet, of, a, ""), one(sheet, of, b, ""), html("span", {}, r.toFixed(2))))),
      named("The shrillest drawings"),
      html("p", {}, "The share of a drawing’s energy at the finest frequencies, and at the period of the strides, from the highest down. A checkerboard here is the network’s architecture seen in its gradient."),
      html("div", { class: "ones" }, ...ranked.slice(0, RANKED).map((channel) => one(sheet, of, channel, percent(channel)))),
    ];
  }

  draw();
  return { turned: draw };
}
