// The quiz: do the drawing of a channel and the photographs that excite it belong together? Ten rounds, explained after each answer.
// @ts-check

import { dressed, html } from "./elements.js";
import { rounds } from "./rounds.js";
import { figure } from "/static/js/words.js";

const QUESTIONS = { drawing: "These places of the gallery excite one channel most. Which drawing is that channel’s?", crops: "This was drawn for one channel. Which photographs excite it most?" };

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function quiz(root, view) {
  dressed("parts.css");
  let [sheet, of] = [null, view.layer()];
  let course = [];
  let [at, right] = [0, 0];

  const button = (words, act, more = {}) => Object.assign(html("button", { type: "button", ...more }, words), { onclick: act });
  const drawing = (channel) => view.sheets.drawing(sheet, channel);
  const crops = (channel) => html("span", { class: "nine" }, ...view.sheets.cuttings(sheet, channel));
  const show = (...parts) => root.replaceChildren(html("div", { class: "quiz" }, ...parts));

  async function offer() {
    of = view.layer();
    sheet = await view.sheets.read(of);
    const ready = sheet && rounds(sheet, Math.random, 1).length;
    const words = ready ? `Ten rounds about ${of.layer}, the layer that is open above. Whoever guesses blindly has 2.5 of 10.` : `${of.layer} has too few channels that can be told apart by the gallery: open another layer above.`;
    show(html("p", {}, words), ...(ready ? [button("Begin", begin, { class: "primary" })] : []));
  }

  function begin() {
    [course, at, right] = [rounds(sheet, Math.random), 0, 0];
    ask();
  }

  function ask() {
    const { kind, answer, options } = course[at];
    const shown = kind === "drawing" ? crops(answer) : drawing(answer);
    const buttons = options.map((channel, i) => button(kind === "drawing" ? drawing(channel) : crops(channel), () => tell(channel, buttons), { class: "bare option", "aria-label": `Answer ${i + 1}` }));
    show(
      html("p", { tabindex: -1 }, html("strong", {}, `Round ${at + 1} of ${course.length}. `), QUESTIONS[kind]),
      html("div", { class: "asked" }, html("div", { class: "shown" }, shown), html("div", { class: "options", "data-kind": kind, role: "group", "aria-label": "Answers" }, ...buttons)),
      html("div", { class: "told", role: "status" }),
      html("p", { class: "score" }, `${right} right so far`),
    );
    root.querySelector("p")?.focus({ preventScroll: true });
  }

  /** What was right, and why it can be seen. */
  function tell(chosen, buttons) {
    const { kind, answer, options } = course[at];
    const hit = chosen === answer;
    right += Number(hit);
    buttons.forEach((each, i) => {
      each.disabled = true;
      each.classList.toggle("right", options[i] === answer);
      each.classList.toggle("wrong", options[i] === chosen && !hit);
    });
    const best = (channel) => `its best place excites it ${figure(sheet.best[channel])}, a usual one ${figure(sheet.mean[channel])}`;
    const other = kind === "drawing" ? crops : drawing;
    root.querySelector(".told").replaceChildren(
      html("p", {}, html("strong", {}, hit ? "Right. " : "No. "), `It is channel ${answer}: ${best(answer)}.`, ...(hit ? [] : [` You chose channel ${chosen}, to which this belongs:`])),
      ...(hit ? [] : [other(chosen)]),
    );
    at += 1;
    const score = /** @type {HTMLElement} */ (root.querySelector(".score"));
    const next = at < course.length ? button("Next", ask, { class: "primary" }) : button("Again", begin, { class: "primary" });
    score.replaceChildren(html("span", {}, at < course.length ? `${right} of ${at} right so far` : `${right} of ${course.length} right; blindly one gets ${course.length / 4}.`), next, button(`Draw channel ${answer}`, () => view.draw({ network: of.network, layer: of.layer, channel: answer })));
    next.focus({ preventScroll: true });
  }

  offer();
  return { turned: () => { if (!root.querySelector(".asked")) offer(); } };
}
