// Beliefs about a share as curves, with what is in their intervals. As drawing.py has them. Knows no page.
// @ts-check

import { density, deviation, mean } from "./beta.js";
import { PLACES, scaled } from "./chart.js";

/** Paths of lines and areas by name; what has no interval is drawn as a line. @param {Record<string, import("./beta.js").Beta>} beliefs @param {Record<string, number[]>} intervals */
export function densities(beliefs, intervals) {
  return scaled(Object.fromEntries(Object.entries(beliefs).map(([name, belief]) => [name, curve(belief)])), intervals);
}

/** Sampled everywhere, and more closely where it is. */
function curve(belief) {
  const near = Array.from({ length: 81 }, (_, i) => mean(belief) + (deviation(belief) * (i - 40)) / 10).filter((place) => place > 0 && place < 1);
  return [...PLACES, ...near].sort((one, other) => one - other).map((place) => [place, density(belief, place)]);
}
