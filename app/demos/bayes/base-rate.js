// The same test where it is rarer or more common, and the base rate at which it would be believed.
// @ts-check

import { line, paint } from "./chart.js";
import { table } from "./diagnosis.js";
import { rounded, withPosterior } from "./drag.js";
import { rows } from "./elements.js";
import { grip, limited } from "./grips.js";
import { percent } from "./wording.js";

const RATES = [0.0001, 0.001, 0.01, 0.05, 0.1, 0.25, 0.5, 0.9];
const SAMPLES = 150;

/** @param {import("./diagnosis.js").Test} test @param {number} wanted from 0 to 1 */
export function needed(test, wanted) {
  const next = withPosterior(test, wanted);
  if (!next) return "No base rate leads there: this test is never positive where it would have to be.";
  return `To be believed at ${percent(wanted)} after a positive result, it needs a base rate of ${percent(next.prior)}; here it is ${percent(test.prior)}.`;
}

/** Paths of the belief after either result, by base rate. @param {import("./diagnosis.js").Test} test */
export function curves(test) {
  const told = Array.from({ length: SAMPLES + 1 }, (_, at) => ({ rate: at / SAMPLES, ...table({ ...test, prior: at / SAMPLES }) }));
  return Object.fromEntries(["posterior", "posterior_negative"].map((name) => [name, line(told.filter((each) => each[name] !== null).map((each) => [each.rate, each[name]]))]));
}

/** @param {import("./panel.js").View} view */
export default function baseRate(view) {
  const chart = view.find("chart");
  const place = chart.parentElement;
  const set = (value) => view.set({ prior: rounded(value) });
  const handle = grip(place, { label: "Base rate, on the curve", kind: "prior", set, drag: (x) => set(100 * limited(x)) });

  return {
    draw({ wanted }) {
      const test = view.test();
      const { posterior, posterior_negative: negative } = table(test);
      view.find("told").textContent = needed(test, wanted / 100);
      paint(chart, curves(test));
      handle.show(test.prior, 1 - (posterior ?? 0), 100 * test.prior, `${percent(test.prior)}: ${percent(posterior)} after a positive result, ${percent(negative)} after a negative one`);
      rows(view.find("rows"), RATES.map((rate) => {
        const told = table({ ...test, prior: rate });
        return [percent(rate), percent(told.posterior), percent(told.posterior_negative)];
      }));
      return null;
    },
  };
}
