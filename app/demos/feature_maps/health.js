// Whether a layer is well: channels that nothing excites, channels that say the same, and drawings that are shrill.
// @ts-check

import { button, dressed } from "./controls.js";
import { html } from "./elements.js";
import { figure } from "/static/js/words.js";

const [PAIRS, RANKED] = [12, 14];

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function health(root, view) {
  dressed("parts.css");
  async function draw() {
    const of = view.layer();
    const sheet = await view.sheets.read(of);
    if (of !== view.layer()) return;
    const one = sheet && ones(view, sheet, of);
    root.replaceChildren(
      html(
        "div",
        { class: "health" },
        ...(sheet
          ? [...dead(sheet, of, one), ...doubles(sheet, one), ...shrill(sheet, one)]
          : [html("p", {}, "Nobody has drawn the channels of this layer yet.")]),
      ),
    );
  }
  draw();
  return { turned: draw };
}

/** Makes a channel a button that draws it. */
function ones(view, sheet, { network, layer }) {
  return (channel, words = String(channel)) => {
    const at = { network, layer, channel };
    const label = `Draw channel ${channel}${words === String(channel) ? "" : `, ${words}`}`;
    const made = button(view.sheets.drawing(sheet, channel), () => view.draw(at), {
      class: "bare",
      "aria-label": label,
    });
    made.append(html("span", { "aria-hidden": "true" }, words));
    for (const type of ["pointerenter", "focus"]) made.addEventListener(type, () => view.point(at));
    for (const type of ["pointerleave", "blur"]) made.addEventListener(type, () => view.point(null));
    return made;
  };
}

function dead({ dead: numbers, channels, activation }, { layer }, one) {
  const words = numbers.length
    ? "Nothing in the gallery makes them fire. Below stands what a drawing reaches: at 0, climbing found nothing."
    : `Each channel of ${layer} fires for something in the gallery.`;
  const each = numbers.map((channel) => one(channel, figure(activation[channel])));
  return [
    html("h3", {}, `Dead: ${numbers.length} of ${channels}`),
    html("p", {}, words),
    html("div", { class: "ones" }, ...each),
  ];
}

function doubles({ duplicates }, one) {
  const pairs = duplicates.toSorted((a, b) => b[2] - a[2]).slice(0, PAIRS);
  const words = pairs.length
    ? "Their maps rise and fall together over the gallery; the number is their correlation. One of two could go."
    : "No two maps correlate by more than 0.95 over the gallery.";
  const pair = ([a, b, r]) =>
    html(
      "div",
      { class: "pair", role: "group", "aria-label": `Channels ${a} and ${b}: ${r.toFixed(2)}` },
      one(a),
      one(b),
      html("span", {}, r.toFixed(2)),
    );
  return [
    html("h3", {}, `Nearly the same: ${duplicates.length} ${duplicates.length === 1 ? "pair" : "pairs"}`),
    html("p", {}, words),
    html("div", { class: "pairs" }, ...pairs.map(pair)),
  ];
}

function shrill({ artefacts, dead: numbers }, one) {
  const ranked = Array.from(artefacts.keys())
    .filter((channel) => !numbers.includes(channel))
    .sort((a, b) => artefacts[b] - artefacts[a]);
  const percent = (share) => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  const words =
    "The share of a drawing’s energy that is finest detail, or repeats with the layer’s stride. " +
    "A checkerboard here is the stride of a convolution, seen in its gradient.";
  return [
    html("h3", {}, "The shrillest drawings"),
    html("p", {}, words),
    html(
      "div",
      { class: "ones" },
      ...ranked.slice(0, RANKED).map((channel) => one(channel, percent(artefacts[channel]))),
    ),
  ];
}
