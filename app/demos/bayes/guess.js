// The guess before the answer. What readers guess stays in their browser.
// @ts-check

import { percent } from "./wording.js";

const KEY = "bayes guesses";

/** @returns {Record<string, {said: number, off: number}>} guesses in percent, and by how much they were off, by problem */
function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? "{}") ?? {};
  } catch {
    return {}; // storage is closed to us, or holds something else
  }
}

function keep(guesses) {
  try {
    if (Object.keys(guesses).length) localStorage.setItem(KEY, JSON.stringify(guesses));
    else localStorage.removeItem(KEY);
  } catch {
    // then it is forgotten with the page
  }
}

/** Covers the answer of a problem until a guess at it was made. */
export class Guess {
  #problem = "";
  #answer = 0;
  #shown = false; // the reader would not guess
  #guesses = kept();

  /** @param {any} bench @param {HTMLElement} root @param {(words: string) => void} tell */
  constructor(bench, root, tell) {
    Object.assign(this, { bench, root, tell });
    this.slider = root.querySelector("[data-guess-at]");
    this.slider.addEventListener("input", () => this.#said());
    root.querySelector("[data-compare]").addEventListener("click", () => this.#make());
    root.querySelector("[data-reveal]").addEventListener("click", () => this.#reveal());
    root.querySelector("[data-compared]").addEventListener("click", ({ target }) => target.closest("[data-forget]") && this.#forget());
    this.#said();
  }

  get covered() {
    return !this.#shown && !this.#guesses[this.#problem];
  }

  /** @param {number} answer from 0 to 1, of the problem's own numbers */
  show(problem, answer) {
    if (problem !== this.#problem) this.#shown = false;
    [this.#problem, this.#answer] = [problem, answer];
    for (const place of this.bench.querySelectorAll("[data-part=test]")) place.classList.toggle("veiled", this.covered);
    this.#compare();
  }

  #make() {
    const said = this.slider.valueAsNumber;
    this.#guesses = { ...kept(), [this.#problem]: { said, off: Math.abs(said - 100 * this.#answer) } };
    keep(this.#guesses);
    this.#reveal();
  }

  #reveal() {
    this.#shown = true;
    this.show(this.#problem, this.#answer);
    const sentence = this.root.querySelector("[data-sentence]");
    sentence.tabIndex = -1;
    sentence.focus({ preventScroll: true }); // its button is gone
    this.tell(this.root.querySelector(".revealed").innerText);
  }

  #forget() {
    this.#guesses = {};
    keep({});
    this.#shown = false;
    this.show(this.#problem, this.#answer);
    this.slider.focus({ preventScroll: true });
  }

  #compare() {
    const made = this.#guesses[this.#problem];
    const place = this.root.querySelector("[data-compared]");
    if (!made) return place.replaceChildren();
    const all = Object.values(this.#guesses);
    const mean = all.reduce((sum, { off }) => sum + off, 0) / all.length;
    const points = (value) => `${value.toFixed(value < 10 ? 1 : 0)} points`;
    const record = all.length > 1 ? ` Your ${all.length} guesses were off by ${points(mean)} on average.` : "";
    const forget = Object.assign(document.createElement("button"), { type: "button", className: "bare", textContent: "Forget it" });
    forget.dataset.forget = "";
    place.replaceChildren(`You said ${made.said} %; with the problem’s numbers it is ${percent(this.#answer)}.${record} `, forget);
  }

  #said() {
    this.root.querySelector("[data-guessed]").textContent = `${this.slider.value} %`;
    this.slider.style.setProperty("--at", `${this.slider.value}%`);
  }
}
