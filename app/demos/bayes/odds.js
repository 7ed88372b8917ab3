// Odds times Bayes factor, on an axis of bits, where evidence adds: what is believed before and after is dragged along it.
// @ts-check

import { fromBits, rounded, withFactor } from "./drag.js";
import { grip, limited } from "./grips.js";
import { factor, percent, ratio } from "./wording.js";

const REACHES = [8, 16, 32]; // bits on either side of even odds
const LONG = 320;
const BOX = { x: -14, y: -6, width: 348, height: 92 };
const ROWS = { before: 10, positive: 22, negative: 42 };

const bits = ([pro, contra]) => (pro && contra ? Math.log2(pro / contra) : pro ? Infinity : contra ? -Infinity : 0);

/** Where the odds stand before and after, as shares of an axis of bits from −reach to reach. */
export function ladder({ before, positive, negative }) {
  const at = { before: bits(before), positive: bits(positive.odds), negative: bits(negative.odds) };
  const most = Math.max(0, ...Object.values(at).map(Math.abs).filter(Number.isFinite));
  const reach = REACHES.find((each) => most <= each) ?? REACHES[2];
  const stand = (value) => (Math.max(-reach, Math.min(reach, value)) + reach) / 2 / reach;
  return { reach, before: stand(at.before), positive: stand(at.positive), negative: stand(at.negative) };
}

/** The odds at one of the five ticks. */
export const tick = (reach, at) => ratio([2 ** ((reach * (at - 2)) / 2), 1]);

/** @param {HTMLElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default function odds(place, { set }) {
  let [test, reach] = [{ prior: 0.5, sensitivity: 1, false_positive: 1 }, 8];
  const find = (part) => place.querySelector(`[data-${part}]`);
  const bitsAt = (x) => (2 * limited((x * BOX.width + BOX.x) / LONG) - 1) * reach;
  const before = (value) => set({ prior: rounded(value) });

  /** The factor that leads from the prior to a posterior. */
  function after(value) {
    const share = Math.max(1e-9, Math.min(1 - 1e-9, value / 100));
    const next = withFactor(test, ((share / (1 - share)) * (1 - test.prior)) / test.prior);
    if (test.prior > 0 && test.prior < 1) set({ sensitivity: rounded(100 * next.sensitivity), false_positive: rounded(100 * next.false_positive) });
  }

  const grips = {
    before: grip(place, { label: "Odds: before the test", kind: "prior", set: before, drag: (x) => before(fromBits(bitsAt(x))) }),
    positive: grip(place, { label: "Odds: after a positive result", kind: "after", set: after, drag: (x) => after(fromBits(bitsAt(x))) }),
  };

  return {
    show({ odds: view }, next) {
      const stand = ladder(view);
      [test, reach] = [next, stand.reach];
      const mark = (stand.before * LONG).toFixed(1);
      find("mark").setAttribute("d", `M${mark} 10V62`);
      for (const result of ["positive", "negative"]) place.querySelector(`[data-arrow=${result}]`).setAttribute("d", `M${mark} ${ROWS[result]}H${(stand[result] * LONG).toFixed(1)}`);
      place.querySelectorAll("[data-tick]").forEach((text, i) => { text.textContent = tick(reach, i); });
      place.parentElement.querySelector("[data-product]").textContent = `${ratio(view.before)} × ${factor(view.positive.factor)} = ${ratio(view.positive.odds)}`;
      const shares = { before: test.prior, positive: view.posterior ?? 0 };
      for (const [name, one] of Object.entries(grips)) {
        const [x, y] = [(stand[name] * LONG - BOX.x) / BOX.width, (ROWS[name] - BOX.y) / BOX.height];
        one.show(x, y, 100 * shares[name], `${percent(shares[name])}, ${ratio(name === "before" ? view.before : view.positive.odds)}`);
      }
    },
  };
}

