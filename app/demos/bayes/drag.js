// What a reader drags in one view, as the test it means; and by how much a key moves a number. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/** @typedef {import("./diagnosis.js").Test} Test */

export const RATES = ["prior", "sensitivity", "false_positive"];

/** The test that the bench shows: its own numbers, in percent, and the problem's where it has none. @returns {Test} */
export function numbers(values, problem) {
  return /** @type {any} */ (Object.fromEntries(RATES.map((name) => [name, values[name] === null ? problem[name] : values[name] / 100])));
}

/** The test that counts show; null where nobody was counted. @param {import("./diagnosis.js").Groups} counts @returns {Test | null} */
export function fromCounts({ true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn }) {
  if (Math.min(tp, fp, fn, tn) < 0 || !(tp + fp + fn + tn)) return null;
  const [ill, healthy] = [tp + fn, fp + tn];
  return { prior: ill / (ill + healthy), sensitivity: ill ? tp / ill : 0, false_positive: healthy ? fp / healthy : 0 };
}

/** The same prior with another Bayes factor: the false positives give way. @param {Test} test @returns {Test} */
export function withFactor(test, factor) {
  if (factor <= 0) return { ...test, sensitivity: 0 };
  const rate = test.sensitivity / factor;
  return rate <= 1 ? { ...test, false_positive: rate } : { ...test, sensitivity: Math.min(factor, 1), false_positive: 1 };
}

/** The prior at which this test would give that posterior; null where none does. @param {Test} test @returns {Test | null} */
export function withPosterior(test, posterior) {
  const [pro, contra] = [posterior * test.false_positive, (1 - posterior) * test.sensitivity];
  return pro + contra ? { ...test, prior: pro / (pro + contra) } : null;
}

/** A percentage moved by a key: by ones, closer to an end by tenths, hundredths and so on. */
export function nudged(value, direction, big = false) {
  const least = Math.min(value, 100 - value);
  const outward = (direction < 0) === (value <= 50); // to the end that is near
  const size = 10 ** Math.floor(Math.log10(Math.max(least, 1e-6)) - (outward ? 1e-9 : -1e-9));
  return rounded(Math.max(0, Math.min(100, value + direction * Math.min(1, size) * (big ? 10 : 1))));
}

/** A percentage as a hand can mean it: to a tenth, close to an end to two figures. */
export function rounded(value) {
  const least = Math.min(value, 100 - value);
  const digits = least > 0 && least < 1 ? Math.min(9, 1 - Math.floor(Math.log10(least))) : 1;
  return Number(value.toFixed(digits));
}

/** A percentage as bits of odds, for a slider that has room at both ends, and back. */
export const toBits = (value) => Math.max(-20, Math.min(20, Math.log2(value / (100 - value))));
export const fromBits = (bits) => (Math.abs(bits) >= 20 ? (bits > 0 ? 100 : 0) : 100 / (1 + 2 ** -bits));
