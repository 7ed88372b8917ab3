// One test with three numbers in five views, each with arithmetic of its own; all agree. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/**
 * @typedef {{prior: number, sensitivity: number, false_positive: number}} Test each from 0 to 1
 * @typedef {{true_positive: number, false_positive: number, false_negative: number, true_negative: number}} Groups
 */

const LARGEST = 1e9;

/** A square of side 1: its left part is as wide as the prior; in both parts the positives stand at the bottom. @param {Test} test */
export function square({ prior: p, sensitivity: s, false_positive: f }) {
  const rectangles = {
    true_positive: { x: 0, y: 0, width: p, height: s },
    false_positive: { x: p, y: 0, width: 1 - p, height: f },
    false_negative: { x: 0, y: s, width: p, height: 1 - s },
    true_negative: { x: p, y: f, width: 1 - p, height: 1 - f },
  };
  const areas = each(rectangles, ({ width, height }) => width * height);
  return { rectangles, areas, ...answers(areas) };
}

/** So many people: how many of each group to expect, and as whole people, who sum to `total`. @param {Test} test */
export function people({ prior, sensitivity, false_positive }, total = 1000) {
  const [ill, healthy] = [total * prior, total * (1 - prior)];
  const exact = {
    true_positive: ill * sensitivity,
    false_positive: healthy * false_positive,
    false_negative: ill * (1 - sensitivity),
    true_negative: healthy * (1 - false_positive),
  };
  const whole = apportioned(exact, total);
  return { total, exact, whole, posterior_whole: share(whole.true_positive, whole.false_positive), ...answers(exact) };
}

/** The frequency tree: a node's count is its parent's times its branch's share. @param {Test} test */
export function tree(test, total = 1000) {
  const { whole } = people(test, total);
  const { prior: p, sensitivity: s, false_positive: f } = test;
  const ill = branch("hypothesis", p, total * p, s, [whole.true_positive, whole.false_negative]);
  const healthy = branch("other", 1 - p, total * (1 - p), f, [whole.false_positive, whole.true_negative]);
  const [[tp, fn], [fp, tn]] = [ill, healthy].map(({ children }) => children.map(({ count }) => count));
  const root = { label: "everybody", share: 1, count: total, whole: total, children: [ill, healthy] };
  return { root, ...answers({ true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn }) };
}

/** The 2 × 2 table of joint probabilities with its margins. @param {Test} test */
export function table({ prior: p, sensitivity: s, false_positive: f }) {
  const [found, cried, missed, cleared] = [p * s, (1 - p) * f, p * (1 - s), (1 - p) * (1 - f)];
  const [positive, negative] = [found + cried, missed + cleared];
  const rows = {
    positive: { hypothesis: found, other: cried, total: positive },
    negative: { hypothesis: missed, other: cleared, total: negative },
    total: { hypothesis: found + missed, other: cried + cleared, total: positive + negative },
  };
  const predictive = { positive: positive ? found / positive : null, negative: negative ? cleared / negative : null };
  return { rows, predictive, posterior: predictive.positive, posterior_negative: negative ? missed / negative : null };
}

/** Odds times Bayes factor, as pairs (for, against): a pair has no infinity. @param {Test} test */
export function odds({ prior, sensitivity, false_positive }) {
  const before = [prior, 1 - prior];
  const told = (likely, unlikely) => {
    const factor = unlikely ? likely / unlikely : null;
    return { factor_pair: [likely, unlikely], factor, bits: factor ? Math.log2(factor) : null, odds: [before[0] * likely, before[1] * unlikely] };
  };
  const [positive, negative] = [told(sensitivity, false_positive), told(1 - sensitivity, 1 - false_positive)];
  return { before, positive, negative, posterior: fromOdds(before, positive), posterior_negative: fromOdds(before, negative) };
}

/** @param {Test} test */
export const views = (test, total = 1000) => ({ square: square(test), people: people(test, total), tree: tree(test, total), table: table(test), odds: odds(test) });

/** Whole numbers that sum to `total`: Hamilton's method of largest remainders. Ties go to the group named first. @template {Record<string, number>} T @param {T} exact @returns {T} */
export function apportioned(exact, total) {
  const whole = each(exact, Math.floor);
  const owed = Object.keys(exact).sort((a, b) => whole[a] - exact[a] - (whole[b] - exact[b]));
  const given = Object.values(whole).reduce((sum, count) => sum + count, 0);
  for (const group of owed.slice(0, total - given)) whole[group] += 1;
  return whole;
}

/** How many people are needed for whole ones to tell the answer to half a percentage point: 1,000, 10,000, … @param {Test} test */
export function largeEnough(test) {
  let total = 1000;
  for (; total < LARGEST; total *= 10) {
    const { posterior, posterior_whole: counted } = people(test, total);
    if (posterior === null || (counted !== null && Math.abs(counted - posterior) <= 0.005)) break;
  }
  return total;
}

/** “Of 103 positives, 8 are ill.” @param {Test} test @param {{one: string, many: string, is: string, are: string}} words */
export function sentence(test, words, total) {
  const { whole } = people(test, total);
  const [found, positives] = [whole.true_positive, whole.true_positive + whole.false_positive];
  const said = (count) => count.toLocaleString("en");
  if (!positives) return `Of ${said(total)}, there is not one ${words.one}.`;
  return `Of ${said(positives)} ${positives === 1 ? words.one : words.many}, ${said(found)} ${found === 1 ? words.is : words.are}.`;
}

function branch(label, part, count, positive, whole) {
  const children = [
    { label: "positive", share: positive, count: count * positive, whole: whole[0] },
    { label: "negative", share: 1 - positive, count: count * (1 - positive), whole: whole[1] },
  ];
  return { label, share: part, count, whole: whole[0] + whole[1], children };
}

/** @param {Groups} groups */
function answers(groups) {
  return { posterior: share(groups.true_positive, groups.false_positive), posterior_negative: share(groups.false_negative, groups.true_negative) };
}

function fromOdds(before, { factor, odds: [pro, contra] }) {
  if (!before[1] || factor === null) return share(pro, contra);
  const ratio = (before[0] / before[1]) * factor;
  return ratio / (1 + ratio);
}

const share = (part, rest) => (part + rest ? part / (part + rest) : null);
const each = (record, of) => /** @type {any} */ (Object.fromEntries(Object.entries(record).map(([name, value]) => [name, of(value)])));
