// A number that is believed as a normal curve, and measured. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/** @typedef {{mean: number, variance: number}} Gaussian */

const OF_95 = 1.959963984540054; // deviations to both sides that hold 95 %

/** After so many measurements with this error: precisions add. @param {Gaussian} belief @returns {Gaussian} */
export function measured(belief, value, variance, times = 1) {
  const error = variance / times;
  const total = belief.variance + error;
  return { mean: (error * belief.mean + belief.variance * value) / total, variance: (belief.variance * error) / total };
}

/** @param {Gaussian} belief */
export const density = ({ mean, variance }, x) => Math.exp(-((x - mean) ** 2) / variance / 2) / Math.sqrt(2 * Math.PI * variance);

/** @param {Gaussian} belief */
export const interval = ({ mean, variance }) => [mean - OF_95 * Math.sqrt(variance), mean + OF_95 * Math.sqrt(variance)];
