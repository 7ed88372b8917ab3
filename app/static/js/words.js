// What a bench says about a run while it goes on. The server words every state; between states we word the steps.
// @ts-check

/** "Step 120 of 300, 9 s left", as it is `passed` seconds after it was told. */
export function steps({ data = {}, progress = 0, seconds_left: left = null, seconds_left_range: range = null }, passed = 0) {
  const where = data?.step !== undefined && data.of ? `Step ${data.step} of ${data.of}` : `${Math.round(progress * 100)} % done`;
  return left === null ? where : `${where}, ${still(range ?? [left, left], passed)} left`;
}

/** "In line: 2 ahead, about 30–50 s" */
export function inLine({ ahead, seconds = null, range = null }, passed = 0) {
  if (!ahead) return "Next in line";
  return `In line: ${ahead} ahead${seconds === null ? "" : `, about ${still(range ?? [seconds, seconds], passed)}`}`;
}

/** When to come back: "Try again in 12 s." */
export function again(seconds) {
  return seconds > 0 ? `Try again in ${duration(Math.ceil(seconds))}.` : "You can try again now.";
}

/** What a reader is told of an error: the server's own sentence, or that it cannot be reached. */
export function sentence(error) {
  return error.problems ? error.message : "The server cannot be reached. What you chose is still here: try again in a moment.";
}

/** A span of time as exactly as anyone can know it: "8–12 s", "50 s–2 min", and one duration where both ends read alike. */
export function span([low, high]) {
  const [least, most] = [told(low), told(high)];
  if (least === most) return most;
  const [number, unit] = least.split(" ");
  return `${most.endsWith(` ${unit}`) ? number : least}–${most}`;
}

function told(seconds) {
  if (seconds >= 120) return `${Math.round(seconds / 60)} min`;
  return `${seconds < 20 ? Math.max(1, Math.round(seconds)) : 5 * Math.round(seconds / 5)} s`;
}

/** What is left of a span of time; it never runs out before the run does. */
function still([low, high], passed) {
  return high - passed < 1 && passed ? "a moment" : span([low - passed, high - passed]);
}

/** Seconds as a reader says them: 0.8 s, 9 s, 2 min 5 s. */
export function duration(seconds) {
  if (seconds < 1) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  return whole % 60 ? `${Math.floor(whole / 60)} min ${whole % 60} s` : `${Math.floor(whole / 60)} min`;
}

/** A number with three figures, in words a table can hold: 1.23e-4, 0.0123, 12.3, 1,230. */
export function figure(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.001 || size >= 1e6) return value.toExponential(2);
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
