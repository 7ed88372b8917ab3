// One test on the bench: five views of it that follow each other, a guess, a sentence.
// @ts-check

import { largeEnough, sentence, table as tableOf, views } from "./diagnosis.js";
import { fromBits, RATES, rounded, toBits } from "./drag.js";
import { Guess } from "./guess.js";
import square from "./square.js";
import { count, percent } from "./wording.js";

const QUIET = 700; // ms after which a screen reader hears what a drag came to

class Test {
  #timer = 0;
  #first = true;

  /** @param {import("./panel.js").View} view */
  constructor(view) {
    const { bench } = this.view = view;
    this.bench = bench;
    this.drawn = [square(this.#find("square"), view)];
    this.guess = new Guess(bench, bench.querySelector("[data-part=test][data-place=stage]"), (words) => bench.say(words, { aloudOnly: true }));
    this.#find("count").addEventListener("click", () => {
      view.set({ people: largeEnough(view.test()) });
      bench.fields.form.querySelector("[name=people]").focus({ preventScroll: true });
    });
    for (const button of bench.querySelectorAll("[data-keep]")) {
      button.addEventListener("click", async () => (await import("./keep.js")).default(button.dataset.keep, { bench, test: view.test(), problem: view.problem(), total: view.total() }));
    }
    const touch = () => (this.others ??= this.#follow());
    for (const kind of ["pointerover", "focusin", "values"]) bench.addEventListener(kind, touch, { once: true });
  }

  #find(part) {
    return this.bench.querySelector(`[data-part=test] [data-${part}]`);
  }

  /** The views under the square begin to follow. */
  async #follow() {
    const others = await import("./others.js");
    this.drawn.push(...Object.entries(others).map(([name, make]) => make(this.#find(name), this.view)));
    this.draw();
  }

  draw() {
    const { bench, view } = this;
    const [now, problem, total] = [view.test(), view.problem(), view.total()];
    const seen = views(now, total);
    for (const each of this.drawn) each.show(seen, now);
    const words = sentence(now, problem.words, total);
    const texts = { question: problem.question, source: problem.source, sentence: words, posterior: percent(seen.odds.posterior), "posterior-negative": percent(seen.odds.posterior_negative) };
    for (const [part, text] of Object.entries(texts)) this.#find(part).textContent = text;
    for (const place of bench.querySelectorAll("[data-part=test] [data-are]")) place.textContent = problem.words.are;
    this.#advise(largeEnough(now), total);
    this.guess.show(problem.name, tableOf(problem).posterior ?? 0);
    this.#tell(words);
  }

  /** Where there are too few people to count in whole ones. */
  #advise(enough, total) {
    const place = this.#find("enough");
    place.hidden = enough <= total;
    place.firstChild.textContent = `${count(total)} are too few to count this in whole people. `;
    this.#find("count").textContent = `Count ${count(enough)}`;
  }

  #tell(words) {
    clearTimeout(this.#timer);
    if (!this.#first && !this.guess.covered) this.#timer = setTimeout(() => this.bench.say(words, { aloudOnly: true }), QUIET);
    this.#first = false;
  }
}

/** @param {import("./panel.js").View} view */
export default (view) => new Test(view);

/** The sliders beside the three numbers: that of the base rate in bits of odds, which have room for the rare. */
export function sliders(bench, view) {
  const all = /** @type {HTMLInputElement[]} */ ([...bench.querySelectorAll("[data-slide]")]);
  const bent = (name) => name === "prior";
  for (const slider of all) {
    const name = slider.dataset.slide ?? "";
    slider.addEventListener("input", () => view.set({ [name]: rounded(bent(name) ? fromBits(slider.valueAsNumber) : slider.valueAsNumber) }));
  }
  return () => {
    const [now, problem] = [view.test(), view.problem()];
    for (const slider of all) {
      const value = 100 * now[slider.dataset.slide ?? ""];
      if (slider !== document.activeElement || !slider.matches(":active")) slider.value = String(bent(slider.dataset.slide) ? toBits(value) : value);
      slider.setAttribute("aria-valuetext", percent(value / 100));
      slider.style.setProperty("--at", `${(100 * (slider.valueAsNumber - Number(slider.min))) / (Number(slider.max) - Number(slider.min))}%`);
    }
    for (const name of RATES) bench.fields.form.querySelector(`[name=${name}]`).placeholder = percent(problem[name]).split("\u00a0")[0];
    bench.fields.form.querySelector("[name=people]").placeholder = count(problem.total);
  };
}
