// One result after another, each multiplying the odds; repeats may copy the one before. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/**
 * After each sign of a row: its factor, null if infinite, and the posterior, null from where on the results cannot happen together.
 *
 * @param {import("./diagnosis.js").Test} test @param {string} row of + and −
 * @returns {{result: string, factor: number | null, posterior: number | null}[]}
 */
export function inSequence(test, row, correlation = 0) {
  let odds = /** @type {number[] | null} */ ([test.prior, 1 - test.prior]);
  let last = null;
  return [...row].map((result) => {
    const pair = [test.sensitivity, test.false_positive].map((rate) => likelihood(result === "+", rate, last, correlation));
    last = result === "+";
    odds = odds && multiplied(odds, pair);
    return { result, factor: pair[1] ? pair[0] / pair[1] : null, posterior: odds && odds[0] };
  });
}

/** P(this result | the state, the last result); `rate` is how often it is positive there. */
export function likelihood(positive, rate, last, correlation) {
  const afresh = positive ? rate : 1 - rate;
  return last === null ? afresh : correlation * Number(positive === last) + (1 - correlation) * afresh;
}

/** Rows with so many of each sign: one for every evidence that some order of them is. */
export function orders(positives, negatives) {
  if (!(positives && negatives)) return ["+".repeat(positives) + "-".repeat(negatives)];
  const found = [];
  for (const [first, other, most, rest] of [["+", "-", positives, negatives], ["-", "+", negatives, positives]].map((each) => /** @type {[string, string, number, number]} */ (each))) {
    for (let runs = 2; runs <= 2 * Math.min(most, rest + 1); runs += 1) {
      const [heads, tails] = [Math.ceil(runs / 2), Math.floor(runs / 2)];
      if (heads <= most && tails <= rest) found.push(inRuns(first, most, heads, other, rest, tails));
    }
  }
  return found;
}

/** The lowest and the highest posterior that the same results have in any order; null where none can be. */
export function ends(test, row, correlation) {
  const positives = [...row].filter((sign) => sign === "+").length;
  const all = orders(positives, row.length - positives).map((order) => inSequence(test, order, correlation).at(-1)?.posterior ?? null).filter((end) => end !== null);
  return all.length ? [Math.min(...all), Math.max(...all)] : null;
}

function inRuns(first, most, heads, other, rest, tails) {
  let row = "";
  for (let number = 0; number < heads; number += 1) {
    row += first.repeat(number < heads - 1 ? 1 : most - number);
    if (number < tails) row += other.repeat(number < tails - 1 ? 1 : rest - number);
  }
  return row;
}

function multiplied([pro, contra], [likely, unlikely]) {
  const [a, b] = [pro * likely, contra * unlikely];
  return a + b ? [a / (a + b), b / (a + b)] : null;
}
