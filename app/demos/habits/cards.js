// Cards to print: a habit hung on another, or one with its time and place. Kept in this browser only.
// @ts-check

import { html, keep, kept } from "./elements.js";
import { intended, stacked } from "./stack.js";

const KEY = "cards";

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default function cards(place, say) {
  /** @type {string[]} */
  let list = kept(KEY, []).filter((each) => typeof each === "string");
  const field = (label, hint) => {
    const input = html("input", { type: "text", autocomplete: "off", maxlength: 120, placeholder: hint });
    return { input, label: html("label", { class: "field" }, label, input) };
  };
  const after = field("After I", "pour my coffee");
  const act = field("I will", "write one line");
  const where = field("at or in (if you like)", "the kitchen table");
  const time = field("I will do it at (instead of “After I”)", "7:00");
  const wrong = html("p", { class: "problem", role: "alert" });
  const add = html("button", { class: "primary" }, "Make the card");
  const form = html("form", { class: "maker" }, after.label, act.label, where.label, time.label, html("p", { class: "buttons" }, add), wrong);
  const shown = html("ul", { class: "cards", role: "list", "data-cards": "" });
  const print = html("button", { type: "button" }, "Print them");
  place.append(form, shown, html("p", { class: "buttons" }, print));

  function draw() {
    shown.replaceChildren(...list.map((text, i) => {
      const gone = html("button", { type: "button", "aria-label": `Take away: ${text}` }, "Take away");
      gone.addEventListener("click", () => {
        list = list.filter((_, other) => other !== i);
        change("Taken away");
        (shown.querySelectorAll("button")[Math.min(i, list.length - 1)] ?? after.input).focus();
      });
      return html("li", {}, html("span", {}, text), gone);
    }));
    print.disabled = !list.length;
  }

  function change(words) {
    keep(KEY, list);
    draw();
    say(words);
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    try {
      const [trigger, action, at, moment] = [after, act, where, time].map(({ input }) => input.value);
      list = [...list, moment.trim() && !trigger.trim() ? intended(action, moment, at) : stacked(trigger, action, at)];
      wrong.textContent = "";
      change(list[list.length - 1]);
      for (const { input } of [after, act, where, time]) input.value = "";
      after.input.focus();
    } catch (error) {
      wrong.textContent = error.message;
    }
  });
  print.addEventListener("click", () => {
    place.closest("live-demo")?.setAttribute("data-printing", "");
    document.documentElement.classList.add("printing-cards");
    window.print();
    document.documentElement.classList.remove("printing-cards");
    place.closest("live-demo")?.removeAttribute("data-printing");
  });
  draw();
}
