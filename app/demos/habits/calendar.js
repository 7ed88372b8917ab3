// A streak calendar: days that are pressed, streaks that are counted, a file for other calendars. Kept in this browser only.
// @ts-check

import { calendar as file, grid, streaks } from "./days.js";
import { hand, html, keep, kept } from "./elements.js";

const KEY = "calendar";
const WEEKS = 12;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };

const two = (value) => String(value).padStart(2, "0");
const isoDay = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
const many = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;

class Calendar {
  #today = isoDay(new Date());
  #habit = html("input", { type: "text", maxlength: 80, autocomplete: "off", placeholder: "write one line" });
  #grace = html("input", { type: "checkbox" });
  #words = html("p", { class: "streaks", role: "status" });
  #body = html("tbody");

  constructor(place, say) {
    const saved = kept(KEY, { habit: "", done: [], key: "" });
    this.state = { habit: String(saved.habit ?? ""), done: Array.isArray(saved.done) ? saved.done : [], key: saved.key || crypto.randomUUID() };
    this.say = say;
    this.#habit.value = this.state.habit;
    this.#place(place);
    this.#body.addEventListener("click", ({ target }) => this.#press(target));
    this.#body.addEventListener("keydown", (event) => this.#step(event));
    this.#habit.addEventListener("input", (event) => {
      event.stopPropagation();
      this.state.habit = this.#habit.value;
      keep(KEY, this.state);
    });
    this.#grace.addEventListener("change", () => this.#count());
    this.#draw();
  }

  #place(place) {
    const table = html("table", { class: "calendar" }, html("caption", { class: "visually-hidden" }, `The last ${WEEKS} weeks: press a day that was done`), html("thead", {}, html("tr", {}, ...WEEKDAYS.map((name) => html("th", { scope: "col" }, name)))), this.#body);
    const ics = html("button", { type: "button" }, "Export as .ics");
    const forget = html("button", { type: "button" }, "Forget it all");
    ics.addEventListener("click", () => this.#export());
    forget.addEventListener("click", () => this.#forget());
    place.append(html("label", { class: "field" }, "The habit", this.#habit), table, html("label", { class: "check" }, this.#grace, html("span", {}, "One missed day does not end a streak")), this.#words, html("p", { class: "buttons" }, ics, forget));
  }

  #draw() {
    this.#body.replaceChildren(...grid(this.state.done, this.#today, WEEKS).map((week) => html("tr", {}, ...week.map((each) => this.#day(each)))));
    this.#count();
  }

  #day({ day, done }) {
    const today = day === this.#today;
    const button = html("button", { type: "button", "aria-pressed": done === true, "data-day": day, "aria-label": `${day}${today ? ", today" : ""}`, tabindex: today ? 0 : -1 }, String(Number(day.slice(8))));
    button.disabled = done === null;
    return html("td", {}, button);
  }

  #count() {
    const { current, longest } = streaks(this.state.done, this.#today, this.#grace.checked ? 1 : 0);
    this.#words.textContent = `Now ${many(current, "day")}, longest ${many(longest, "day")}, ${many(this.state.done.length, "day")} in all.`;
  }

  #press(button) {
    const { day } = button.dataset;
    if (!day) return;
    const { state } = this;
    const done = !state.done.includes(day);
    state.done = done ? [...state.done, day] : state.done.filter((each) => each !== day);
    button.setAttribute("aria-pressed", String(done));
    keep(KEY, state);
    this.#count();
  }

  /** From day to day by keys. */
  #step(event) {
    const days = [...this.#body.querySelectorAll("button:not(:disabled)")];
    const to = days[days.indexOf(event.target) + STEPS[event.key]];
    if (!to) return;
    event.preventDefault();
    for (const each of days) each.tabIndex = each === to ? 0 : -1;
    to.focus();
  }

  #export() {
    const { habit, done, key } = this.state;
    const stamp = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
    hand(file(habit.trim() || "My habit", done, key, stamp, [this.#today, "07:00", []]), "text/calendar", "habit.ics");
    this.say("The calendar file is saved");
  }

  #forget() {
    Object.assign(this.state, { habit: "", done: [] });
    this.#habit.value = "";
    keep(KEY, this.state);
    this.#draw();
    this.say("Forgotten");
  }
}

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default (place, say) => new Calendar(place, say);
