// Cards to print: a habit hung on another, or one with its time and place. Kept in this browser only.
// @ts-check

import { html, keep, kept } from "./elements.js";
import { intended, stacked } from "./stack.js";

const KEY = "cards";

class Cards {
  /** @type {string[]} */
  #list = kept(KEY, []).filter((each) => typeof each === "string");
  #after = field("After I", "pour my coffee");
  #act = field("I will", "write one line");
  #where = field("at or in (if you like)", "the kitchen table");
  #time = field("I will do it at (instead of “After I”)", "7:00");
  #wrong = html("p", { class: "problem", role: "alert" });
  #shown = html("ul", { class: "cards", role: "list", "data-cards": "" });
  #print = html("button", { type: "button" }, "Print them");

  constructor(place, say) {
    Object.assign(this, { place, say });
    const add = html("button", { class: "primary" }, "Make the card");
    const form = html("form", { class: "maker" }, ...this.#fields.map(({ label }) => label), html("p", { class: "buttons" }, add), this.#wrong);
    place.append(form, this.#shown, html("p", { class: "buttons" }, this.#print));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#make();
    });
    this.#print.addEventListener("click", () => print(place.closest("live-demo")));
    this.#draw();
  }

  get #fields() {
    return [this.#after, this.#act, this.#where, this.#time];
  }

  #draw() {
    this.#shown.replaceChildren(...this.#list.map((text, i) => {
      const gone = html("button", { type: "button", "aria-label": `Take away: ${text}` }, "Take away");
      gone.addEventListener("click", () => this.#take(i));
      return html("li", {}, html("span", {}, text), gone);
    }));
    this.#print.disabled = !this.#list.length;
  }

  #change(words) {
    keep(KEY, this.#list);
    this.#draw();
    this.say(words);
  }

  #take(i) {
    this.#list = this.#list.filter((_, other) => other !== i);
    this.#change("Taken away");
    (this.#shown.querySelectorAll("button")[Math.min(i, this.#list.length - 1)] ?? this.#after.input).focus();
  }

  #make() {
    const [trigger, action, at, moment] = this.#fields.map(({ input }) => input.value);
    try {
      this.#list = [...this.#list, moment.trim() && !trigger.trim() ? intended(action, moment, at) : stacked(trigger, action, at)];
    } catch (error) {
      this.#wrong.textContent = error.message;
      return;
    }
    this.#wrong.textContent = "";
    this.#change(this.#list[this.#list.length - 1]);
    for (const { input } of this.#fields) input.value = "";
    this.#after.input.focus();
  }
}

function field(label, hint) {
  const input = html("input", { type: "text", autocomplete: "off", maxlength: 120, placeholder: hint });
  return { input, label: html("label", { class: "field" }, label, input) };
}

/** The cards of a bench, and nothing else of the page. */
function print(bench) {
  bench?.setAttribute("data-printing", "");
  document.documentElement.classList.add("printing-cards");
  window.print();
  document.documentElement.classList.remove("printing-cards");
  bench?.removeAttribute("data-printing");
}

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default (place, say) => new Cards(place, say);
