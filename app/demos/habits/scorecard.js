// The scorecard of a day: what is done anyway, each good (+), bad (−) or neither (=). Kept in this browser only.
// @ts-check

import { html, keep, kept } from "./elements.js";
import { scorecard as counted } from "./stack.js";

const KEY = "scorecard";
const MARKS = ["+", "−", "="];
const WORDS = { "+": "good", "−": "bad", "=": "neither" };
const FIRST = [["Wake up", "="], ["Look at the phone in bed", "−"], ["Make coffee", "="], ["Walk to work", "+"]];

class Scorecard {
  /** @type {[string, string][]} */
  #list = kept(KEY, FIRST).filter((each) => Array.isArray(each) && typeof each[0] === "string" && MARKS.includes(each[1]));
  #name = html("input", { type: "text", maxlength: 80, autocomplete: "off", placeholder: "Brush teeth" });
  #rows = html("ul", { class: "score-list", role: "list" });
  #words = html("p", { class: "streaks", role: "status" });

  constructor(place, say) {
    this.say = say;
    const form = html("form", { class: "maker" }, html("label", { class: "field" }, "What you do on a day", this.#name), html("p", { class: "buttons" }, html("button", { class: "primary" }, "Add it")));
    place.append(this.#rows, form, this.#words);
    this.#rows.addEventListener("click", ({ target }) => this.#press(target));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.#add(this.#name.value.trim());
    });
    this.#draw();
  }

  #draw() {
    this.#rows.replaceChildren(...this.#list.map(row));
    this.#count();
  }

  #count() {
    const { good, bad, neutral, balance } = counted(this.#list);
    this.#words.textContent = `${good} good, ${bad} bad, ${neutral} neither: ${balance > 0 ? "+" : balance < 0 ? "−" : ""}${Math.abs(balance)}.`;
    keep(KEY, this.#list);
  }

  #press(button) {
    const at = Number(button.closest("[data-row]")?.dataset.row ?? NaN);
    const { mark } = button.dataset;
    if (mark) {
      this.#list[at] = [this.#list[at][0], mark];
      for (const each of button.parentElement.querySelectorAll("[data-mark]")) each.setAttribute("aria-pressed", String(each === button));
      this.#count();
    } else if (button.matches("[data-gone]")) {
      this.#list = this.#list.filter((_, i) => i !== at);
      this.#draw();
      (this.#rows.querySelectorAll("[data-gone]")[Math.min(at, this.#list.length - 1)] ?? this.#name).focus();
    }
  }

  #add(habit) {
    if (!habit) return this.say("Write what you do first");
    this.#list = [...this.#list, [habit, "="]];
    this.#name.value = "";
    this.#draw();
  }
}

function row([habit, mark], i) {
  const buttons = MARKS.map((each) => html("button", { type: "button", "aria-pressed": each === mark, "data-mark": each, "aria-label": `${habit}: ${WORDS[each]}` }, each));
  const gone = html("button", { type: "button", "data-gone": "", "aria-label": `Take away: ${habit}` }, "×");
  return html("li", { "data-row": i }, html("span", {}, habit), html("span", { class: "buttons" }, ...buttons, gone));
}

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default (place, say) => new Scorecard(place, say);
