// The vertical axis of the chart: where it begins and ends, its ticks, and how numbers are written.
// @ts-check

const LOWEST = 1e-6;
const MOST_TICKS = 7;

export function axis(values, scale) {
  let [low, high] = [1, 1];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return scale === "log" ? logarithmic(low, high) : straight(high);
}

/** How high a value stands, from 0 to 1. */
export function height(value, { scale, low, high }) {
  if (scale !== "log") return (value - low) / (high - low);
  return (Math.log10(Math.max(value, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
}

/** A number with commas, and so many digits after its point. */
export function written(value, digits = 2) {
  const [whole, part] = value.toFixed(digits).split(".");
  return whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") + (part ? `.${part}` : "");
}

export function label(tick) {
  if (tick && (tick >= 1e6 || tick < 1e-3)) return tick.toExponential(0).replace("e+", "e");
  return written(tick, tick >= 10 || Number.isInteger(tick) ? 0 : tick < 0.01 ? 3 : tick < 0.1 ? 2 : 1);
}

function straight(high) {
  const rough = high / 5;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((k) => power * k).find((size) => size >= rough * (1 - 1e-12)) ?? power * 10;
  const count = Math.ceil(high / step - 1e-9);
  return { scale: "linear", low: 0, high: step * count, ticks: Array.from({ length: count + 1 }, (_, k) => step * k) };
}

function logarithmic(low, high) {
  const first = Math.floor(Math.log10(Math.max(low, LOWEST)) + 1e-9);
  const end = Math.max(Math.ceil(Math.log10(high) - 1e-9), first + 1);
  const stride = Math.ceil((end - first) / (MOST_TICKS - 1));
  const ticks = Array.from({ length: Math.ceil((end - first) / stride) + 1 }, (_, k) => 10 ** (first + stride * k));
  return { scale: "log", low: ticks[0], high: ticks[ticks.length - 1], ticks };
}
