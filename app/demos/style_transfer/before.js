// The run before: what this tab's last run reached, kept so that the next can be laid beside it, also after a reload.
// @ts-check

const KEY = "style-transfer before";
const POINTS = 60;

/** The run before `job`, or null: {id, inputs, points, picture}. From now on `job` is the one that runs. */
export function before(job) {
  const kept = read();
  if (kept.last && kept.last.id !== job.id) write({ before: kept.last, last: null });
  return read().before ?? null;
}

/** Keeps what a run reached, for the one after it. */
export function remember({ id, inputs, output }, points) {
  if (!output?.pictures.result) return;
  const every = Math.ceil(points.length / POINTS);
  const thin = points.filter((_, i) => i % every === 0 || i === points.length - 1);
  write({ ...read(), last: { id, inputs, picture: output.pictures.result, points: thin } });
}

/** Names of the inputs in which two runs differ. */
export function differences(now, then) {
  const same = (name) => JSON.stringify(now[name]) === JSON.stringify(then[name]);
  return Object.keys(now).filter((name) => name in then && !same(name));
}

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "{}");
  } catch {
    return {}; // storage is closed to us: there is no run before
  }
}

function write(kept) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Full or closed: nothing is laid beside the next run.
  }
}
