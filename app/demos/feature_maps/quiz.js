// The quiz: do the drawing of a channel and the photographs that excite it belong together? Ten rounds, explained after
// each answer.
// @ts-check

import { button, dressed } from "./controls.js";
import { html } from "./elements.js";
import { rounds } from "./rounds.js";
import { figure } from "/static/js/words.js";

const QUESTIONS = {
  drawing: "These places of the gallery excite one channel most. Which drawing is that channel’s?",
  crops: "This was drawn for one channel. Which photographs excite it most?",
};

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function quiz(root, view) {
  dressed("parts.css");
  const own = new Quiz(root, view);
  own.offer();
  return { turned: () => own.busy || own.offer() };
}

class Quiz {
  /** @type {import("./sheets.js").Sheet} */
  sheet;
  #course = [];
  #at = 0;
  #right = 0;

  constructor(root, view) {
    Object.assign(this, { root, view, of: view.layer() });
  }

  /** True from the first question to the last answer. */
  get busy() {
    return this.#at < this.#course.length;
  }

  async offer() {
    const of = (this.of = this.view.layer());
    const sheet = await this.view.sheets.read(of);
    if (this.of !== of) return;
    const ready = sheet && rounds(sheet, Math.random, 1).length;
    if (sheet) this.sheet = sheet;
    const words = ready
      ? `Ten rounds about ${of.layer}, the layer that is open above. Whoever only guesses has 2.5 of 10 right.`
      : `${of.layer} has too few channels that the gallery can tell apart: open another layer above.`;
    this.#show(html("p", {}, words), ...(ready ? [button("Begin", () => this.#begin(), { class: "primary" })] : []));
  }

  #begin() {
    [this.#course, this.#at, this.#right] = [rounds(this.sheet, Math.random), 0, 0];
    this.#ask();
  }

  #ask() {
    const { kind, answer, options } = this.#course[this.#at];
    const look = (channel, looked) => (looked ? this.#drawing(channel) : this.#crops(channel));
    const buttons = options.map((channel, i) =>
      button(look(channel, kind === "drawing"), () => this.#answer(channel, buttons), {
        class: "bare option",
        "aria-label": `Answer ${i + 1}`,
      }),
    );
    this.#show(
      html(
        "p",
        { tabindex: -1 },
        html("strong", {}, `Round ${this.#at + 1} of ${this.#course.length}. `),
        QUESTIONS[kind],
      ),
      html("div", { class: "shown" }, look(answer, kind !== "drawing")),
      html("div", { class: "options", role: "group", "aria-label": "Answers" }, ...buttons),
      html("div", { class: "told", role: "status" }),
      html("p", { class: "score" }, `${this.#right} right so far`),
    );
    this.root.querySelector("p")?.focus({ preventScroll: true });
  }

  /** What was right, and why it can be seen. */
  #answer(chosen, buttons) {
    const { kind, answer, options } = this.#course[this.#at];
    const hit = chosen === answer;
    this.#right += Number(hit);
    this.#at += 1;
    buttons.forEach((each, i) => {
      each.disabled = true;
      each.classList.toggle("right", options[i] === answer);
      each.classList.toggle("wrong", options[i] === chosen && !hit);
    });
    const { best, mean } = this.sheet;
    const [most, usual] = [best, mean].map((all) => figure(all[answer]));
    const why = `It is channel ${answer}: its best place excites it ${most}, a usual one ${usual}.`;
    const wrong = hit
      ? []
      : [
          html("p", {}, `You chose channel ${chosen}, to which this belongs:`),
          kind === "drawing" ? this.#crops(chosen) : this.#drawing(chosen),
        ];
    this.root
      .querySelector(".told")
      .replaceChildren(html("p", {}, html("strong", {}, hit ? "Right. " : "No. "), why), ...wrong);
    this.#score(answer);
  }

  #score(answer) {
    const [right, of, { network, layer }] = [this.#right, this.#course.length, this.of];
    const words = this.busy
      ? `${right} of ${this.#at} right so far`
      : `${right} of ${of} right; who only guesses has ${of / 4}.`;
    const next = this.busy
      ? button("Next", () => this.#ask(), { class: "primary" })
      : button("Again", () => this.#begin(), { class: "primary" });
    const draw = button(`Draw channel ${answer}`, () => this.view.draw({ network, layer, channel: answer }));
    this.root.querySelector(".score").replaceChildren(html("span", {}, words), next, draw);
    next.focus({ preventScroll: true });
  }

  #show(...parts) {
    this.root.replaceChildren(html("div", { class: "quiz" }, ...parts));
  }

  #drawing(channel) {
    return this.view.sheets.drawing(this.sheet, channel);
  }

  #crops(channel) {
    return html("span", { class: "nine" }, ...this.view.sheets.cuttings(this.sheet, channel));
  }
}
