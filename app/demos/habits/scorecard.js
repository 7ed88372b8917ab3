// The scorecard of a day: what is done anyway, each good (+), bad (−) or neither (=). Kept in this browser only.
// @ts-check

import { html, keep, kept } from "./elements.js";
import { scorecard as counted } from "./stack.js";

const KEY = "scorecard";
const MARKS = ["+", "−", "="];
const WORDS = { "+": "good", "−": "bad", "=": "neither" };
const FIRST = [["Wake up", "="], ["Look at the phone in bed", "−"], ["Make coffee", "="], ["Walk to work", "+"]];

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default function scorecard(place, say) {
  /** @type {[string, string][]} */
  let list = kept(KEY, FIRST).filter((each) => Array.isArray(each) && typeof each[0] === "string" && MARKS.includes(each[1]));
  const name = html("input", { type: "text", maxlength: 80, autocomplete: "off", placeholder: "Brush teeth" });
  const form = html("form", { class: "maker" }, html("label", { class: "field" }, "What you do on a day", name), html("p", { class: "buttons" }, html("button", { class: "primary" }, "Add it")));
  const rows = html("ul", { class: "score-list", role: "list" });
  const words = html("p", { class: "streaks", role: "status" });
  place.append(rows, form, words);

  function count() {
    const { good, bad, neutral, balance } = counted(list);
    words.textContent = `${good} good, ${bad} bad, ${neutral} neither: ${balance > 0 ? "+" : balance < 0 ? "−" : ""}${Math.abs(balance)}.`;
    keep(KEY, list);
  }

  function draw() {
    rows.replaceChildren(...list.map(([habit, mark], i) => {
      const buttons = MARKS.map((each) => html("button", { type: "button", "aria-pressed": each === mark, "data-mark": each, "aria-label": `${habit}: ${WORDS[each]}` }, each));
      const gone = html("button", { type: "button", "data-gone": "", "aria-label": `Take away: ${habit}` }, "×");
      return html("li", { "data-row": i }, html("span", {}, habit), html("span", { class: "buttons" }, ...buttons, gone));
    }));
    count();
  }

  rows.addEventListener("click", ({ target }) => {
    const row = Number(target.closest("[data-row]")?.dataset.row ?? NaN);
    const { mark } = target.dataset;
    if (mark) {
      list[row] = [list[row][0], mark];
      for (const each of target.parentElement.querySelectorAll("[data-mark]")) each.setAttribute("aria-pressed", String(each === target));
      count();
    } else if (target.matches("[data-gone]")) {
      list = list.filter((_, i) => i !== row);
      draw();
      (rows.querySelectorAll("[data-gone]")[Math.min(row, list.length - 1)] ?? name).focus();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopPropagation();
    const habit = name.value.trim();
    if (!habit) return say("Write what you do first");
    list = [...list, [habit, "="]];
    name.value = "";
    draw();
  });
  draw();
}
