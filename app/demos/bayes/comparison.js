// A against B: which of two succeeds more often, how sure that is, and what the choice gains or loses.
// @ts-check

import { better, expectedGain, imagined, interval, mean, tossed } from "./beta.js";
import { paint } from "./chart.js";
import { densities } from "./densities.js";
import { facts } from "./elements.js";
import { percent } from "./wording.js";

const LONGEST = 20_000;
const HELP = { a: "12 of 100", b: "18 of 100" };

/** What to believe of each and of choosing B. @param {import("./beta.js").Beta} prior @param {Record<"a" | "b", [number, number]>} counts */
export function compare(prior, counts, mass) {
  const [a, b] = [counts.a, counts.b].map(([successes, failures]) => ({ a: prior.a + successes, b: prior.b + failures }));
  const of = (belief) => ({ mean: mean(belief), interval: interval(belief, mass) });
  return { beliefs: { a, b }, a: of(a), b: of(b), b_better: better(a, b), gain: expectedGain(a, b), loss: expectedGain(b, a) };
}

/** @param {import("./panel.js").View} view */
export default function comparison(view) {
  return {
    draw(values) {
      const counts = /** @type {Record<"a" | "b", [number, number]>} */ ({});
      for (const name of /** @type {("a" | "b")[]} */ (["a", "b"])) {
        const read = tossed(values[name] ?? HELP[name]);
        if (typeof read === "string") return { [name]: `${name.toUpperCase()}: ${read}` };
        counts[name] = read;
      }
      const prior = imagined(values.imagined, values.heads);
      const whole = Object.values(counts).flatMap(([heads, tails]) => [prior.a + heads, prior.b + tails]).filter(Number.isInteger);
      if (!whole.length) return { heads: "Of them heads: choose it so that a whole number of imagined tosses is heads." };
      if (Math.min(...whole) > LONGEST) return { b: "B: more than 20,000 of everything is too long a sum for this page." };
      const now = compare(prior, counts, values.mass / 100);
      const chance = now.b_better ?? 0;
      view.find("told").textContent = `${chance >= 0.5 ? "B" : "A"} is better with ${percent(Math.max(chance, 1 - chance))}.`;
      paint(view.find("chart"), ...densities(now.beliefs, { a: now.a.interval, b: now.b.interval }));
      const told = ({ mean: middle, interval: [low, high] }) => `${percent(middle)}, ${percent(low)} to ${percent(high)}`;
      facts(view.find("facts"), [["A", told(now.a)], ["B", told(now.b)], ["Choosing B gains, on average", percent(now.gain)], ["and loses", percent(now.loss)]]);
      return null;
    },
  };
}
