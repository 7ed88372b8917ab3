// The gap between one pass and the optimisation, in loss and in seconds, as words and as rows. Knows no page.
// @ts-check

import { LOSSES } from "./losses.js";

/**
 * A row a loss; a cell has its value, or null, and its share of the row's larger value: the length of its bar.
 * @param {{step?: number, losses?: Object<string, number>, once?: {seconds: number, losses: Object<string, number>}}} data
 */
export function rows({ losses, once, step }) {
  return LOSSES.map((name) => {
    const [first, now] = [once?.losses[name] ?? null, once && step === 0 ? null : losses?.[name] ?? null];
    const largest = Math.max(first ?? 0, now ?? 0) || 1;
    const cell = (value) => ({ value, share: (value ?? 0) / largest });
    return { name, once: cell(first), now: cell(now) };
  });
}

/** “One pass: 0.3 s, loss 1.42. Step 150: 5 s, loss 0.61, 57 % lower.” The words for numbers are handed in. */
export function inWords({ step, losses, seconds, once }, { duration, figure }) {
  const first = once ? `One pass: ${duration(once.seconds)}, loss ${figure(once.losses.total)}.` : "";
  if (!losses || (once && step === 0)) return first;
  const took = seconds === undefined ? [] : [duration(seconds)];
  const parts = [...took, `loss ${figure(losses.total)}`, ...(once ? [change(losses.total / once.losses.total)] : [])];
  return `${first} Step ${step}: ${parts.join(", ")}.`.trim();
}

function change(ratio) {
  const percent = Math.round(Math.abs(1 - ratio) * 100);
  return percent ? `${percent} % ${ratio < 1 ? "lower" : "higher"}` : "the same";
}
