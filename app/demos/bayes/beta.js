// A share that is not known: Beta before, counts, Beta after; and which of two is higher. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/** @typedef {{a: number, b: number}} Beta both above 0 */

const HALF_LOG_TAU = 0.5 * Math.log(2 * Math.PI);
const [ITERATIONS, TINY, PRECISE] = [10000, 1e-300, 1e-15];
const SHIFT = 12; // from there on Stirling's series is as exact as a number can be

/** A prior as imagined tosses, of which a percentage were heads. @returns {Beta} */
export function imagined(tosses, percentage) {
  const heads = (tosses * percentage) / 100;
  return { a: heads, b: tosses - heads };
}

/** Heads and tails from “HTTH”, “1 0 0 1”, “7 of 10”, “7/10” or “7 3”; a sentence where it is none of them. @returns {[number, number] | string} */
export function tossed(text) {
  const letters = text.replace(/[\s,;]+/g, "").toUpperCase();
  if (/^[HT]+$/.test(letters) || /^[01]{3,}$/.test(letters)) {
    const heads = [...letters].filter((letter) => "H1".includes(letter)).length;
    return [heads, letters.length - heads];
  }
  const [, first, sign, second] = /^\s*(\d{1,9})\s*(of|\/|[\s,;])\s*(\d{1,9})\s*$/.exec(text) ?? [];
  if (first === undefined) return "Write tosses as HTTH, or counts as “7 of 10” or “7 3”.";
  const [one, other] = [Number(first), Number(second)];
  if (sign !== "of" && sign !== "/") return [one, other];
  return one > other ? `${one} of ${other} cannot be: there are more heads than tosses.` : [one, other - one];
}

/** @param {Beta} belief */
export const mean = ({ a, b }) => a / (a + b);

/** @param {Beta} belief */
export const deviation = (belief) => Math.sqrt((mean(belief) * (1 - mean(belief))) / (belief.a + belief.b + 1));

/** Where it is highest, if that is inside. @param {Beta} belief */
export const mode = ({ a, b }) => (a > 1 && b > 1 ? (a - 1) / (a + b - 2) : null);

/** The height of the curve between the ends. @param {Beta} belief */
export const density = ({ a, b }, x) => Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x) - logBeta(a, b));

/** P(share < x): the regularised incomplete beta function. @param {Beta} belief */
export function below({ a, b }, x) {
  if (!(x > 0 && x < 1)) return Number(x >= 1);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b));
  // The fraction is quick on the side of the mean only; the other side is its mirror image.
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, 1 - x)) / b;
}

/** The equal-tailed credible interval. @param {Beta} belief */
export const interval = (belief, mass) => [(1 - mass) / 2, 1 - (1 - mass) / 2].map((share) => quantile(belief, share));

/** P(k heads in the next tosses), k from 0: the Beta-binomial distribution. @param {Beta} belief */
export function predictive({ a, b }, tosses) {
  const [whole, ways] = [logBeta(a, b), logGamma(tosses + 1)];
  return Array.from({ length: tosses + 1 }, (_, k) => Math.exp(ways - logGamma(k + 1) - logGamma(tosses - k + 1) + logBeta(a + k, b + tosses - k) - whole));
}

/** P(share of b > share of a), a sum over the smallest whole parameter; null where none is whole. @param {Beta} a @param {Beta} b */
export function better(a, b) {
  const turned = ({ a: heads, b: tails }) => ({ a: tails, b: heads });
  const forms = /** @type {[number, () => number][]} */ ([
    [b.a, () => sum(a, b)],
    [a.b, () => sum(turned(b), turned(a))],
    [a.a, () => 1 - sum(b, a)],
    [b.b, () => 1 - sum(turned(a), turned(b))],
  ]).filter(([terms]) => Number.isInteger(terms));
  if (!forms.length) return null;
  const [, form] = forms.reduce((least, each) => (each[0] < least[0] ? each : least));
  return Math.max(0, Math.min(1, form()));
}

/** E(max(b − a, 0)): what choosing b gains where it is better. @param {Beta} a @param {Beta} b */
export function expectedGain(a, b) {
  const gain = mean(b) * (better(a, { a: b.a + 1, b: b.b }) ?? NaN) - mean(a) * (better({ a: a.a + 1, b: a.b }, b) ?? NaN);
  return Math.max(gain, 0);
}

export const logBeta = (a, b) => logGamma(a) + logGamma(b) - logGamma(a + b);

/** The logarithm of the gamma function of what is above 0. */
export function logGamma(x) {
  let product = 1;
  for (; x < SHIFT; x += 1) product *= x;
  const square = 1 / (x * x);
  const series = (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + HALF_LOG_TAU + series - Math.log(product);
}

function quantile(belief, share) {
  let [low, high] = [0, 1];
  for (let middle = 0.5; middle > low && middle < high; middle = (low + high) / 2) {
    if (below(belief, middle) < share) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The continued fraction of the incomplete beta function, from its front (modified Lentz). */
function fraction(a, b, x) {
  let [c, d] = [1, 1 / away(1 - ((a + b) * x) / (a + 1))];
  let result = d;
  for (let m = 1; m < ITERATIONS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / away(1 + term * d);
      c = away(1 + term / c);
      result *= d * c;
    }
    if (Math.abs(d * c - 1) < PRECISE) break;
  }
  return result;
}

function sum(a, b) {
  const whole = logBeta(a.a, a.b);
  let total = 0;
  for (let i = 0; i < b.a; i += 1) total += Math.exp(logBeta(a.a + i, a.b + b.b) - Math.log(b.b + i) - logBeta(1 + i, b.b) - whole);
  return total;
}

const away = (value) => (Math.abs(value) > TINY ? value : TINY);
