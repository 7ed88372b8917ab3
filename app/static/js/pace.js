// Something that is asked for often and done seldom: at once, then again after a pause if it was asked for meanwhile.
// @ts-check

/** `task` as a function that starts it at most once every `pause` ms, never twice at a time; the last call is not lost. */
export function paced(task, pause, { wait = (time) => new Promise((done) => setTimeout(done, time)) } = {}) {
  let busy = false;
  let asked = false;
  return async function ask() {
    asked = true;
    if (busy) return;
    busy = true;
    try {
      while (asked) {
        asked = false;
        await task();
        await wait(pause);
      }
    } finally {
      busy = false; // a task that failed must not be the last
    }
  };
}
