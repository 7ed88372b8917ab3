// The 2 × 2 table of whole people: what is written in a cell is counted, and all views follow.
// @ts-check

import { fromCounts } from "./drag.js";
import { count, percent } from "./wording.js";

/** @param {HTMLTableElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default function table(place, { set }) {
  const cells = /** @type {HTMLInputElement[]} */ ([...place.querySelectorAll("[data-group]")]);
  for (const cell of cells) cell.readOnly = false;

  place.addEventListener("input", () => {
    const counts = /** @type {any} */ (Object.fromEntries(cells.map(({ dataset, valueAsNumber }) => [dataset.group, valueAsNumber])));
    const test = Object.values(counts).every(Number.isInteger) && fromCounts(counts);
    if (!test) return; // half written
    const total = cells.reduce((sum, { valueAsNumber }) => sum + valueAsNumber, 0);
    set({ people: total, prior: 100 * test.prior, sensitivity: 100 * test.sensitivity, false_positive: 100 * test.false_positive });
  });

  return {
    show({ people: { whole }, table: { predictive } }) {
      for (const cell of cells) if (cell !== document.activeElement) cell.value = String(whole[cell.dataset.group ?? ""]);
      const { true_positive: tp, false_positive: fp, false_negative: fn, true_negative: tn } = whole;
      const sums = { positive: tp + fp, negative: fn + tn, so: tp + fn, not: fp + tn, total: tp + fp + fn + tn };
      for (const [name, sum] of Object.entries(sums)) place.querySelector(`[data-all=${name}]`).textContent = count(sum);
      for (const [name, share] of Object.entries(predictive)) place.querySelector(`[data-right=${name}]`).textContent = percent(share);
    },
  };
}
