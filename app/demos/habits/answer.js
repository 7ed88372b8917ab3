// What the bench answers, from its values alone: what the server answers too, in numbers, paths and sentences.
// @ts-check

import { axis, height, label, written } from "./axis.js";
import { compounding, daysUntil, firstDay, linear, missedDays, plateau, valley } from "./growth.js";
import { changed } from "./rule.js";

export const CURVES = ["every_day", "missed", "linear", "plateau"];
const [WIDTH, HEIGHT, MOST_POINTS] = [600, 300, 250];

/** As the API answers. */
export function answer(values) {
  const [rate, factor, { days, target }] = [values.rate / 100, values.factor / 100, values];
  const off = missedDays(values);
  const curves = {
    every_day: compounding(rate, days),
    missed: compounding(rate, days, off, factor),
    linear: linear(rate, days, off, factor),
    plateau: plateau(rate, days, target, off, factor),
  };
  const each = (of) => Object.fromEntries(CURVES.map((name) => [name, of(curves[name])]));
  return {
    missed_days: off,
    curves,
    ends: each((curve) => curve[days]),
    told: each(told),
    axis: axis(CURVES.flatMap((name) => curves[name]), values.scale),
    needed: target ** (1 / days) - 1,
    until: { every_day: daysUntil(target, rate), missed: daysUntil(target, rate, off.length / days, factor) },
    nearly: firstDay(curves.plateau, 0.9 * target),
    valley: valley(curves.plateau, target),
    rule: changed(days, values.probability / 100, values.slip / 100, rate, factor),
  };
}

/** How much better than day 1 the end is, in a sentence. */
export function told(values) {
  const [last, days] = [values[values.length - 1], values.length - 1];
  const when = `After ${written(days, 0)} day${days === 1 ? "" : "s"}`;
  if (last >= 2) return `${when}: ${written(last)} times day 1.`;
  if (last >= 1) return `${when}: ${((last - 1) * 100).toFixed(1)} % better than day 1.`;
  return `${when}: ${(last * 100).toFixed(2)} % of day 1 is left.`;
}

/** A curve in a box 600 wide and 300 high. */
export function path(values, on) {
  const last = values.length - 1;
  const stride = Math.max(1, Math.ceil(last / MOST_POINTS));
  const days = [...Array.from({ length: Math.ceil(last / stride) }, (_, i) => i * stride), last];
  return `M${days.map((day) => `${((WIDTH * day) / last).toFixed(1)} ${(HEIGHT * (1 - height(values[day], on))).toFixed(1)}`).join("L")}`;
}

export const ticks = (on) => on.ticks.map((tick) => ({ text: label(tick), y: Math.round(HEIGHT * (1 - height(tick, on)) * 10) / 10 }));

/** So many times day 1. */
export const times = (value) => `${written(value, value < 0.1 ? 4 : 2)} ×`;

const plain = (value) => String(Number(value.toPrecision(6)));

/** What would have to be true, in sentences. */
export function honest(now, { target, days, rate }) {
  const until = now.until;
  const [whole, part] = plain(target).split(".");
  const list = [`To be at ${written(Number(whole), 0)}${part ? `.${part}` : ""} times day 1 after ${written(days, 0)} days, each must add ${(now.needed * 100).toFixed(2)} % of all there is by then.`];
  if (until.every_day === null) list.push(`At ${plain(rate)} % a day you never get there.`);
  else {
    list.push(`At ${plain(rate)} % a day it takes ${written(until.every_day, 0)} days, if none is missed.`);
    if (until.missed !== until.every_day) list.push(`With as many missed days as these, ${until.missed === null ? "you never get there" : `it takes ${written(until.missed, 0)}`}.`);
  }
  if (now.valley) {
    const { deepest, gap, out } = now.valley;
    list.push(`The curve that flattens lags most behind the straight line to your target on day ${written(deepest, 0)}, by ${written(gap)} times day 1, and ${out === null ? "has not come up to it by the end" : `is on it from day ${written(out, 0)}`}: the valley of disappointment.`);
  }
  return list;
}

const RULE = /** @type {Record<string, [string, (value: any) => string]>} */ ({
  missed: ["Days missed, on average", (x) => written(x, 1)],
  twice: ["Chance of two in a row at least once", (x) => `${(x * 100).toFixed(1)} %`],
  until_twice: ["Days until two in a row, on average", (x) => (x === null ? "never" : written(x, 0))],
  streak: ["Mean streak, days", (x) => (x === null ? "endless" : written(x, 1))],
  gap: ["Mean gap, days", (x) => (x === null ? "endless" : written(x))],
  growth: ["Where compounding ends, on average", times],
});

/** Rows of the table of the rule: name, without, with. */
export const ruled = ({ without, with: by }) => Object.entries(RULE).map(([key, [text, told]]) => [text, told(without[key]), told(by[key])]);
