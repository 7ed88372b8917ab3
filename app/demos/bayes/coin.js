// A coin that may be bent: tossed here or elsewhere, with a prior worth so many imagined tosses.
// @ts-check

import { deviation, imagined, interval, mean, mode, predictive, tossed } from "./beta.js";
import { paint } from "./chart.js";
import { densities } from "./densities.js";
import { facts, html, svg } from "./elements.js";
import { count, percent } from "./wording.js";

const MOST = 1_000_000;
const HIGH = 120;
const USUAL = "7 of 10";

/** What is believed after so many heads and tails. @param {import("./beta.js").Beta} prior */
export function told(prior, [heads, tails], mass) {
  const after = { a: prior.a + heads, b: prior.b + tails };
  const weight = (prior.a + prior.b) / (after.a + after.b);
  return { after, mean: mean(after), mode: mode(after), deviation: deviation(after), interval: interval(after, mass), weight };
}

/** “After 7 heads and 3 tails: 66.7 %, and with 95 % between 39 % and 89.1 %.” */
export function words({ mean: middle, interval: [low, high] }, [heads, tails], mass) {
  const many = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
  return `After ${many(heads, "head")} and ${many(tails, "tail")}: ${percent(middle)}, and with ${percent(mass)} between ${percent(low)} and ${percent(high)}.`;
}

/** @param {import("./panel.js").View} view */
export default (view) => new Coin(view);

class Coin {
  #bias = Math.random();
  #own = false; // the tosses are of this coin: what was counted before was another

  constructor(view) {
    this.view = view;
    this.mark = html("span", { class: "marked", hidden: "" });
    view.find("chart").parentElement.append(this.mark);
    view.find("show").addEventListener("change", () => this.#show());
    view.find("flip").parentElement.addEventListener("click", ({ target }) => {
      const what = target.closest("[data-flip]")?.dataset.flip;
      if (what === "new") this.#take();
      else if (what) this.#toss(Number(what));
    });
  }

  draw(values) {
    const counts = tossed(values.tosses ?? USUAL);
    if (typeof counts === "string") return { tosses: `Tosses: ${counts}` };
    if (counts[0] + counts[1] > MOST) return { tosses: `Tosses: ${count(MOST)} at most.` };
    const [prior, mass] = [imagined(values.imagined, values.heads), values.mass / 100];
    const now = told(prior, counts, mass);
    this.#say(words(now, counts, mass));
    paint(this.view.find("chart"), ...densities({ prior, posterior: now.after }, { posterior: now.interval }));
    this.#predict(predictive(now.after, values.ahead));
    facts(this.view.find("facts"), [
      ["The next toss is heads", percent(now.mean)],
      ["The curve is highest at", percent(now.mode)],
      ["Give or take", percent(now.deviation)],
      ["The prior counts for", percent(now.weight)],
    ]);
    return null;
  }

  #toss(times) {
    const counted = this.#own ? tossed(this.view.values().tosses ?? USUAL) : [0, 0];
    const [heads, tails] = typeof counted === "string" ? [0, 0] : counted;
    if (heads + tails + times > MOST) return this.view.bench.say("That is enough for any coin");
    this.#own = true;
    const more = Array.from({ length: times }, () => Math.random() < this.#bias).filter(Boolean).length;
    this.view.set({ tosses: `${heads + more} of ${heads + tails + times}` });
  }

  /** Another coin, of which nothing is known yet. */
  #take() {
    [this.#bias, this.#own] = [Math.random(), true];
    this.#show();
    this.view.set({ tosses: "0 of 0" });
  }

  #show() {
    this.mark.hidden = !this.view.find("show").checked;
    this.mark.style.insetInlineStart = `${100 * this.#bias}%`;
    if (!this.mark.hidden) this.view.bench.say(`This coin falls heads with ${percent(this.#bias)}`, { aloudOnly: true });
  }

  #say(sentence) {
    const place = this.view.find("told");
    if (place.textContent !== sentence) this.view.bench.say(sentence, { aloudOnly: true });
    place.textContent = sentence;
  }

  #predict(chances) {
    const [most, bars] = [Math.max(...chances), this.view.find("bars")];
    bars.setAttribute("viewBox", `0 0 ${chances.length * 20} ${HIGH}`);
    bars.replaceChildren(...chances.map((chance, k) => {
      const height = (HIGH * chance) / most;
      const sides = { x: k * 20 + 2, y: (HIGH - height).toFixed(1), width: 16, height: height.toFixed(1) };
      return svg("rect", sides, svg("title", {}, `${k}: ${percent(chance)}`));
    }));
    this.view.find("ahead").textContent = `Heads among the next ${chances.length - 1} tosses`;
    this.view.find("counts").replaceChildren(html("span", {}, "0"), html("span", {}, String(chances.length - 1)));
  }
}
