// A habit as a curve: compounding, its straight rival, and the one that flattens; which days are missed.
// @ts-check

const MASK = 2 ** 32;
const WEEKDAYS = { sunday: [6], weekend: [5, 6], working: [0, 1, 2, 3, 4] };

/** Random numbers that Python draws alike: mulberry32. @returns {() => number} */
export function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / MASK;
  };
}

/** The days that are missed, from 1. @returns {number[]} */
export function missedDays({ missed, days, probability, seed, free, nth }) {
  const all = Array.from({ length: days }, (_, i) => i + 1);
  if (missed === "random") {
    const draw = mulberry32(seed);
    return all.filter(() => draw() < probability / 100);
  }
  if (missed === "weekdays") return all.filter((day) => WEEKDAYS[free].includes((day - 1) % 7));
  return missed === "every" ? all.filter((day) => day % nth === 0) : [];
}

/** days + 1 values; on a missed day the value is multiplied by `factor`. */
function curve(practise, days, missed, factor) {
  const off = new Set(missed);
  const values = [1];
  for (let day = 1; day <= days; day += 1) values.push(off.has(day) ? values[day - 1] * factor : practise(values[day - 1]));
  return values;
}

export const compounding = (rate, days, missed = [], factor = 1) => curve((value) => value * (1 + rate), days, missed, factor);
export const linear = (rate, days, missed = [], factor = 1) => curve((value) => Math.max(value + rate, 0), days, missed, factor);
export const plateau = (rate, days, ceiling, missed = [], factor = 1) => curve((value) => (ceiling * value * (1 + rate)) / (ceiling + value * rate), days, missed, factor);

/** The first day on which a curve is at a target, coming from day 1's side; null if it never is. */
export function firstDay(values, target) {
  const day = values.findIndex((value) => (target >= values[0] ? value >= target : value <= target));
  return day < 0 ? null : day;
}

/** The days to a target, if the share `missed` of them is missed evenly; null if it goes the other way. */
export function daysUntil(target, rate, missed = 0, factor = 1) {
  if (target === 1) return 0;
  const pace = (1 - missed) * Math.log1p(rate) + (missed ? missed * Math.log(factor) : 0);
  if (!pace || target > 1 !== pace > 0) return null;
  return Math.ceil(Math.log(target) / pace - 1e-9);
}

/** Where a curve lags behind the straight line from day 1 to the target at its end. */
export function valley(values, target) {
  const last = values.length - 1;
  const gaps = values.map((value, day) => values[0] + ((target - values[0]) * day) / last - value);
  const deepest = gaps.indexOf(Math.max(...gaps));
  const nothing = 1e-12 * Math.max(1, Math.abs(target));
  if (gaps[deepest] <= nothing) return null;
  const out = gaps.findIndex((gap, day) => day >= deepest && gap <= nothing);
  return { deepest, gap: gaps[deepest], out: out < 0 ? null : out };
}
