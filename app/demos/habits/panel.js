// What is its own of the bench of habits: curves that answer here, a day to read them at, and parts that are loaded when opened.
// @ts-check

import { answer, CURVES, honest, path, ruled, ticks, times } from "./answer.js";
import { html, svg } from "./elements.js";
import { mulberry32 } from "./growth.js";
import { simulated } from "./rule.js";

const LIFE = 60;
const LIMITS = { rate: [-5, 5], days: [1, 1000], target: [1.1, 1000] };

class Panel {
  #frame = 0;
  #days = 0;
  /** @type {any} */
  #now = null;

  constructor(bench) {
    this.bench = bench;
    this.slider = bench.find("day");
    bench.addEventListener("values", () => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.draw());
    });
    this.slider.addEventListener("input", () => this.#read());
    const box = bench.find("chart-box");
    box.addEventListener("pointermove", ({ clientX }) => {
      const { left, width } = bench.find("chart").getBoundingClientRect();
      this.slider.value = String(Math.round(((clientX - left) / width) * this.#days));
      this.#read();
    });
    bench.find("play").addEventListener("click", () => this.#play());
    for (const part of bench.querySelectorAll("[data-part]")) {
      if (part.open) this.#open(part);
      else part.addEventListener("toggle", () => this.#open(part), { once: true });
    }
    this.draw();
  }

  get instant() {
    return Object.keys(this.bench.fields.values());
  }

  draw() {
    const { bench } = this;
    const values = bench.fields.values();
    const wrong = Object.entries(LIMITS).find(([name, [low, high]]) => !(values[name] !== null && values[name] >= low && values[name] <= high));
    bench.fields.complain(wrong ? { [wrong[0]]: `${bench.fields.label(wrong[0])} must be from ${wrong[1][0]} to ${wrong[1][1]}.` } : {});
    if (wrong) return;
    const now = this.#now = answer(values);
    this.#sentence(now, values);
    for (const name of CURVES) bench.querySelector(`[data-curve=${name}]`).setAttribute("d", path(now.curves[name], now.axis));
    const on = ticks(now.axis);
    bench.find("grid").replaceChildren(...on.map(({ y }) => svg("path", { class: "grid", d: `M0 ${y}H600` })));
    bench.find("marks").replaceChildren(...on.map(({ text }) => html("span", {}, text)).reverse());
    bench.find("chart").setAttribute("aria-label", `Four curves of growth over ${values.days} days`);
    bench.find("ticks").lastElementChild.textContent = `day ${values.days}`;
    bench.find("honest").replaceChildren(...honest(now, values).map((text) => html("li", {}, text)));
    bench.find("rule").replaceChildren(...ruled(now.rule).map(([head, ...cells]) => html("tr", {}, html("th", { scope: "row" }, head), ...cells.map((text) => html("td", {}, text)))));
    const atEnd = !this.#days || Number(this.slider.value) >= this.#days;
    this.#days = values.days;
    this.slider.max = String(values.days);
    if (atEnd) this.slider.value = String(values.days);
    this.#read();
  }

  #sentence({ told, missed_days: off }, { missed }) {
    const place = this.bench.find("sentence");
    const more = missed === "none" ? "" : `With ${off.length} days missed, ${told.missed.replace("After", "after")}`;
    const said = `${told.every_day} ${more}`.trim();
    if (place.textContent.trim().replace(/\s+/g, " ") !== said) this.bench.say(said, { aloudOnly: true });
    place.replaceChildren(`${told.every_day} `, html("span", {}, more));
  }

  /** The curves at the day of the slider. */
  #read() {
    const day = Math.min(this.slider.valueAsNumber, this.#days);
    const x = ((600 * day) / this.#days).toFixed(1);
    this.bench.find("cursor").setAttribute("d", `M${x} 0V300`);
    this.bench.find("day-label").textContent = `Read at day ${day}`;
    this.slider.style.setProperty("--at", `${(100 * day) / this.#days}%`);
    const told = CURVES.map((name) => times(this.#now.curves[name][day]));
    CURVES.forEach((name, i) => { this.bench.querySelector(`[data-value=${name}]`).textContent = told[i]; });
    this.slider.setAttribute("aria-valuetext", `Day ${day}: ${told[0]} day 1, ${told[1]} with the missed days, ${told[2]} in a straight line, ${told[3]} flattening`);
  }

  /** The same luck, without the rule and with it. */
  #play() {
    const { probability, slip } = this.bench.fields.values();
    const seed = Math.floor(Math.random() * 2 ** 32);
    const lives = [["Without the rule", probability], ["With it", slip]].map(([title, second]) => {
      const life = simulated(LIFE, probability / 100, Number(second) / 100, mulberry32(seed));
      const missed = life.filter((done) => !done).length;
      const twice = life.filter((done, i) => i && !done && !life[i - 1]).length;
      const words = `${missed} missed, ${twice} of them a second day in a row`;
      const days = life.map((done, i) => svg("rect", { class: done ? "done" : i && !life[i - 1] ? "twice" : "off", x: i * 10, y: 1, width: 8, height: 18, rx: 2 }));
      return html("figure", {}, html("figcaption", {}, `${title}: ${words}`), svg("svg", { viewBox: `0 0 ${LIFE * 10} 20`, role: "img", "aria-label": `${title}: ${words}` }, ...days));
    });
    this.bench.find("lives").replaceChildren(...lives);
    this.bench.say(lives.map((life) => life.firstElementChild.textContent).join(". "), { aloudOnly: true });
  }

  async #open(part) {
    const name = part.dataset.part;
    const loaded = await import(`./${name}.js`).catch(() => null); // cards, calendar, scorecard
    if (!loaded) return this.bench.say("The server cannot be reached. Try again in a moment.");
    loaded.default(part.querySelector("[data-place]"), (words) => this.bench.say(words, { aloudOnly: true }));
  }
}

export default (bench) => new Panel(bench);
