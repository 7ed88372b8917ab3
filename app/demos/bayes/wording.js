// Numbers in words, as wording.py of this bench words them: shares in percent, odds, factors. Knows no page.
// @ts-check

const SPACE = "\u00a0";
const RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** Two figures, more where it is close to none or to all: 7.8 %, 32.4 %, 0.22 %, 99.78 %. @param {number | null} share */
export const percent = (share) => (share === null ? "–" : `${plainPercent(share)}${SPACE}%`);

export function plainPercent(share) {
  const value = 100 * share;
  const least = Math.min(value, 100 - value);
  if (least < 1e-9) return value < 50 ? "0" : "100";
  return shortened(value.toFixed(Math.min(Math.max(1, 1 - Math.floor(Math.log10(least))), 9)));
}

/** A pair as “1 : 99” or “8.3 : 1”. */
export function ratio([pro, contra]) {
  if (!(pro && contra)) return pro ? "certain" : contra ? "never" : "–";
  return pro >= contra ? `${figure(pro / contra)} : 1` : `1 : ${figure(1 / (pro / contra))}`;
}

/** @param {number | null} value */
export const factor = (value) => (value === null ? "∞" : figure(value));

/** Three figures, whole numbers whole: 8.33, 0.221, 1,234. */
export function figure(value) {
  if (!value) return "0";
  const size = Math.floor(Math.log10(Math.abs(value)));
  if (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7) {
    const raised = String(Math.abs(size)).replace(/\d/g, (digit) => RAISED[Number(digit)]);
    return `${(value / 10 ** size).toFixed(1)} × 10${size < 0 ? "⁻" : ""}${raised}`.replace("-", "−");
  }
  const [whole, rest] = shortened(value.toFixed(Math.max(0, 2 - size))).split(".");
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ",")}${rest ? `.${rest}` : ""}`.replace("-", "−");
}

export const count = (value) => value.toLocaleString("en");

const shortened = (text) => (text.includes(".") ? text.replace(/\.?0+$/, "") : text);
