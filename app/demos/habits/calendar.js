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

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default function calendar(place, say) {
  const saved = kept(KEY, { habit: "", done: [], key: "" });
  const state = { habit: String(saved.habit ?? ""), done: Array.isArray(saved.done) ? saved.done : [], key: saved.key || crypto.randomUUID() };
  const today = isoDay(new Date());
  const habit = html("input", { type: "text", maxlength: 80, autocomplete: "off", placeholder: "write one line" });
  habit.value = state.habit;
  const grace = html("input", { type: "checkbox" });
  const words = html("p", { class: "streaks", role: "status" });
  const body = html("tbody");
  const table = html("table", { class: "calendar" }, html("caption", { class: "visually-hidden" }, `The last ${WEEKS} weeks: press a day that was done`), html("thead", {}, html("tr", {}, ...WEEKDAYS.map((name) => html("th", { scope: "col" }, name)))), body);
  const ics = html("button", { type: "button" }, "Export as .ics");
  const forget = html("button", { type: "button" }, "Forget it all");
  place.append(html("label", { class: "field" }, "The habit", habit), table, html("label", { class: "check" }, grace, html("span", {}, "One missed day does not end a streak")), words, html("p", { class: "buttons" }, ics, forget));

  function count() {
    const { current, longest } = streaks(state.done, today, grace.checked ? 1 : 0);
    words.textContent = `Now ${many(current, "day")}, longest ${many(longest, "day")}, ${many(state.done.length, "day")} in all.`;
  }

  function draw() {
    body.replaceChildren(...grid(state.done, today, WEEKS).map((week) => html("tr", {}, ...week.map(({ day, done }) => {
      const button = html("button", { type: "button", "aria-pressed": done === true, "data-day": day, "aria-label": `${day}${day === today ? ", today" : ""}`, tabindex: day === today ? 0 : -1 }, String(Number(day.slice(8))));
      button.disabled = done === null;
      return html("td", {}, button);
    }))));
    count();
  }

  body.addEventListener("click", ({ target }) => {
    const { day } = target.dataset;
    if (!day) return;
    const done = !state.done.includes(day);
    state.done = done ? [...state.done, day] : state.done.filter((each) => each !== day);
    target.setAttribute("aria-pressed", String(done));
    keep(KEY, state);
    count();
  });
  body.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    const days = [...body.querySelectorAll("button:not(:disabled)")];
    const to = days[days.indexOf(event.target) + step];
    if (!step || !to) return;
    event.preventDefault();
    for (const each of days) each.tabIndex = each === to ? 0 : -1;
    to.focus();
  });
  habit.addEventListener("input", (event) => {
    event.stopPropagation();
    state.habit = habit.value;
    keep(KEY, state);
  });
  grace.addEventListener("change", count);
  ics.addEventListener("click", () => {
    const stamp = `${new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "")}`;
    hand(file(state.habit.trim() || "My habit", state.done, state.key, stamp, [today, "07:00", []]), "text/calendar", "habit.ics");
    say("The calendar file is saved");
  });
  forget.addEventListener("click", () => {
    Object.assign(state, { habit: "", done: [] });
    habit.value = "";
    keep(KEY, state);
    draw();
    say("Forgotten");
  });
  draw();
}
