// A temperature that is believed, and measured with a thermometer that errs.
// @ts-check

import { paint, PLACES, scaled } from "./chart.js";
import { facts, html } from "./elements.js";
import { density, interval, measured } from "./gaussian.js";
import { figure, percent } from "./wording.js";

/** The four curves: before, measured, after, the next measurement. */
export function curves({ mean, spread, measured: value, error, times }) {
  const prior = { mean, variance: spread ** 2 };
  const posterior = measured(prior, value, error ** 2, times);
  return { prior, measurement: { mean: value, variance: error ** 2 / times }, posterior, predictive: { mean: posterior.mean, variance: posterior.variance + error ** 2 } };
}

/** Paths of the curves, and from where to where they are drawn. @param {ReturnType<typeof curves>} told */
export function drawn({ prior, measurement, posterior }) {
  const reach = [prior, measurement].map(({ mean, variance }) => [mean - 3 * Math.sqrt(variance), mean + 3 * Math.sqrt(variance)]);
  const [low, high] = [Math.min(reach[0][0], reach[1][0]), Math.max(reach[0][1], reach[1][1])];
  const sampled = (curve) => PLACES.map((place) => [place, density(curve, low + place * (high - low))]);
  const inside = interval(posterior).map((end) => (end - low) / (high - low));
  const [lines, areas] = scaled({ prior: sampled(prior), measurement: sampled(measurement), posterior: sampled(posterior) }, { posterior: inside });
  return { lines, areas, low, high };
}

export const about = ({ mean, variance }) => `${figure(mean)}, give or take ${figure(Math.sqrt(variance))}`;

/** @param {import("./panel.js").View} view */
export default function measurement(view) {
  return {
    draw(values) {
      const told = curves(values);
      const { lines, areas, low, high } = drawn(told);
      const [from, to] = interval(told.posterior);
      view.find("told").textContent = `Believed now: ${about(told.posterior)}.`;
      paint(view.find("chart"), lines, areas);
      view.find("ticks").replaceChildren(...[low, (low + high) / 2, high].map((at) => html("span", {}, figure(at))));
      facts(view.find("facts"), [
        ["With 95 %", `${figure(from)} to ${figure(to)}`],
        ["The old belief counts for", percent(told.posterior.variance / told.prior.variance)],
        ["The next measurement", about(told.predictive)],
      ]);
      return null;
    },
  };
}
