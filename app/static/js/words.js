// What a bench says about a run while it goes on. The server words every state; between states we word the steps.
// @ts-check

/** "Step 120 of 300, 9 s left" */
export function steps({ data = {}, progress = 0, seconds_left: left = null }) {
  const where = data.step !== undefined && data.of ? `Step ${data.step} of ${data.of}` : `${Math.round(progress * 100)} % done`;
  return left === null ? where : `${where}, ${duration(left)} left`;
}

/** Seconds as a reader says them: 0.8 s, 9 s, 2 min 5 s. */
export function duration(seconds) {
  if (seconds < 1) return `${Math.max(0.1, seconds).toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - 60 * minutes);
  return rest ? `${minutes} min ${rest} s` : `${minutes} min`;
}

/** A number with three figures, in words a table can hold: 1.23e-4, 0.0123, 12.3, 1,230. */
export function figure(value) {
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size < 0.001 || size >= 1e6) return value.toExponential(2);
  return value.toLocaleString("en", { maximumSignificantDigits: 3 });
}
