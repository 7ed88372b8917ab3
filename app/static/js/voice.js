// What a bench says: in its head line, to a screen reader at a calm pace, and over the stage where a run failed.
// @ts-check

const SAY_EVERY = 8000; // a screen reader hears of steps this often
const SECOND = 1000;

export class Voice {
  #spoke = 0;
  #clock = 0;

  constructor(bench) {
    [this.status, this.said, this.failure] = ["status", "said", "failure"].map((part) => bench.find(part));
  }

  /** Words in the head line; a screen reader hears them unless they come quietly. */
  say(words, { quietly = false, aloudOnly = false } = {}) {
    this.hush();
    if (!aloudOnly) this.status.textContent = words;
    if (quietly) return;
    this.#spoke = Date.now();
    this.said.textContent = words;
  }

  /** Words that time changes: `words(seconds)` is written now and each second, until something else is said. */
  tick(words) {
    this.#every((passed) => { this.status.textContent = words(passed); });
  }

  /** True while it would be too soon to speak of another step. */
  get spoke() {
    return Date.now() - this.#spoke < SAY_EVERY;
  }

  /** A failure in a sentence, where the result would have been; an empty one takes it away. */
  fail(words, ...more) {
    this.failure.replaceChildren(words, ...more);
    this.failure.hidden = !words;
  }

  /** A failure whose words time changes. */
  failFor(words) {
    this.#every((passed) => this.fail(words(passed)));
  }

  /** Nothing ticks any more. */
  hush() {
    clearInterval(this.#clock);
  }

  #every(tell) {
    this.hush();
    const from = Date.now();
    tell(0);
    this.#clock = setInterval(() => tell((Date.now() - from) / SECOND), SECOND);
  }
}
