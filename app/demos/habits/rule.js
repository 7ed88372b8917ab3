// “Never miss twice” as a Markov chain of two states, done and missed.
// @ts-check

const geometric = (ratio, terms) => (ratio === 1 ? terms : (1 - ratio ** terms) / (1 - ratio));

/** What the rule changes, without and with it. */
export function changed(days, p, slip, rate, factor) {
  return { without: told(days, p, p, rate, factor), with: told(days, p, slip, rate, factor) };
}

function told(days, p, q, rate, factor) {
  const ever = 1 + p - q;
  return {
    missed: expected(days, p, q),
    share: ever ? p / ever : 0,
    twice: 1 - neverTwice(days, p, q),
    until_twice: p * q ? (1 + p) / (p * q) : null,
    streak: p ? 1 / p : null,
    gap: q < 1 ? 1 / (1 - q) : null,
    growth: growth(days, p, q, rate, factor),
  };
}

function expected(days, p, q) {
  const ratio = q - p;
  return ratio === 1 ? 0 : (p / (1 - ratio)) * (days - ratio * geometric(ratio, days));
}

function neverTwice(days, p, q) {
  let [done, missed] = [1, 0];
  for (let day = 0; day < days; day += 1) [done, missed] = [done * (1 - p) + missed * (1 - q), done * p];
  return Math.min(done + missed, 1);
}

function growth(days, p, q, rate, factor) {
  let [done, missed] = [1, 0];
  for (let day = 0; day < days; day += 1) [done, missed] = [(done * (1 - p) + missed * (1 - q)) * (1 + rate), (done * p + missed * q) * factor];
  return done + missed;
}

/** One life: for each day whether it was done. @param {() => number} draw @returns {boolean[]} */
export function simulated(days, p, q, draw) {
  let done = true;
  return Array.from({ length: days }, () => (done = draw() >= (done ? p : q)));
}
