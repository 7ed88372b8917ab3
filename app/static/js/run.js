// One run on a bench: started, followed to its end, paused, steered, stopped, gone on from.
// @ts-check

import { ask, awake, follow, isFinal, look, start } from "./jobs.js";
import { keep } from "./memory.js";
import { inLine, sentence, steps } from "./words.js";

const STATES = { queued: "queued", running: "running", paused: "paused", succeeded: "done", failed: "failed", canceled: "canceled", expired: "failed" };
const ASKED = { pause: "Pausing after this step…", resume: "Going on…", cancel: "Stopping…" };
const READ = 2500; // time to read that it was told
const STILL = 250; // a slider rests this long before the run is told

export class Run {
  job = null;
  #watch = new AbortController();
  #nap = new AbortController(); // ended as soon as the reader asks something of a paused run
  #changes = {};
  #resting = 0;
  #seen = 0; // the number of the last update
  #previews = 0;
  #steered = 0; // when the run was last told of a change

  constructor(bench) {
    this.bench = bench;
  }

  /** Sends the form, and follows what comes of it. Throws a Refusal. */
  async start(url, body) {
    this.follow(await start(url, body));
  }

  /** Shows a job from its first update, be it new, half done or finished. */
  async follow(job) {
    const { bench } = this;
    this.leave();
    this.#watch = new AbortController();
    this.job = job;
    bench.fields.fill(job.inputs);
    if (!bench.dataset.job) keep(bench, job.urls.self);
    if (!bench.dataset.job || !job.latest) bench.clear();
    bench.chosen();
    bench.panel.begin?.(job);
    this.#draw(job, { told: false });
    this.#seen = this.#previews = 0;
    await this.#listen();
  }

  /** Whatever happens from the last update on, and again whenever a paused run goes on. */
  async #listen() {
    const { signal } = this.#watch;
    try {
      do await this.#hear(signal); while (await this.#woken(signal));
    } catch (error) {
      keep(this.bench, null);
      this.bench.refused(error);
    }
  }

  async #hear(signal) {
    for await (const { type, data } of follow(this.job.urls, { signal, after: this.#seen })) {
      if (type === "update") this.#update(data);
      else if (type === "lost") this.bench.say("The connection is lost; trying again. The run goes on.");
      else this.#draw(data);
    }
  }

  /** True once a paused run has news, from here or from another page; false where there is nothing to wait for. */
  async #woken(signal) {
    if (this.job.status !== "paused") return false;
    this.#nap = new AbortController();
    await awake(this.job.urls.self, { signal: this.#nap.signal });
    return !signal.aborted && !isFinal(this.job);
  }

  /** A run this page was showing before it was loaded again, if it is still there. */
  async earlier(url) {
    return look(url).catch(() => keep(this.bench, null));
  }

  leave() {
    this.#watch.abort();
    this.#nap.abort();
    clearTimeout(this.#resting);
    this.#changes = {};
  }

  /** Lets go of the job: it is no longer the bench's. */
  forget() {
    this.leave();
    this.job = null;
    keep(this.bench, null);
  }

  /** Asks the server to pause, resume or cancel; the stream tells when it has, where there is one. */
  async ask(what) {
    if (!this.job || isFinal(this.job)) return;
    const silent = this.job.status === "paused";
    this.bench.say(ASKED[what]);
    try {
      const job = await ask(this.job.urls[what]);
      if (silent) this.#draw(job);
      this.#nap.abort();
    } catch (error) {
      this.bench.say(sentence(error));
    }
  }

  /** True if a change of this input reaches the run while it goes on. */
  steers(name) {
    const live = this.bench.fields.field(name)?.hasAttribute("data-live");
    return live && Boolean(this.job?.urls.steer) && ["queued", "running", "paused"].includes(this.bench.state);
  }

  /** Sends what was changed, once the reader's hand rests. */
  steer(name, value) {
    this.#changes[name] = value;
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.#steer(), STILL);
  }

  /** What the foot line offers of a job; null while there is none. */
  offer(job) {
    const { bench } = this;
    const over = job && isFinal(job);
    bench.offer("recipe", over && job.output?.pictures?.result ? job.urls.recipe : null);
    bench.offer("report", over ? job.urls.report : null);
    const film = this.#previews > 1 ? job?.urls.timelapse : null;
    bench.offer("timelapse", film);
    bench.offer("timelapse-gif", film?.replace(/\.webp$/, ".gif"));
    bench.offer("page", job?.urls.page);
    bench.offer("json", job?.urls.self);
    bench.offer("erase", over ? `${job.urls.page}/erase` : null);
    bench.toggleAttribute("data-resumable", Boolean(job?.resumable));
    const on = bench.querySelector("[name=from]");
    if (on && job) on.value = job.id;
  }

  async #steer() {
    const changes = this.#changes;
    this.#changes = {};
    try {
      await ask(this.job.urls.steer, changes);
      this.#steered = Date.now();
      this.bench.say(Object.entries(changes).map(([name, value]) => `${this.bench.fields.label(name)} ${value} from here on`).join(", "));
    } catch (error) {
      this.bench.fields.complain(error.problems ?? {});
      this.bench.say(sentence(error));
    }
  }

  /** Shows the job as it is now; `told` once a panel has had all of its updates and may settle. */
  #draw(job, { told = true } = {}) {
    const { bench } = this;
    this.job = job;
    bench.enter(STATES[job.status], job.error ? "It did not work" : job.message);
    if (job.queue?.seconds && job.queue.worker_alive !== false) bench.voice.tick((passed) => inLine(job.queue, passed));
    bench.find("progress").value = isFinal(job) ? 1 : job.progress;
    bench.voice.fail(job.error ?? "");
    this.offer(job);
    if (!isFinal(job) && job.status !== "paused") return;
    bench.result((job.output ?? job.latest)?.pictures);
    if (!told || !isFinal(job)) return;
    bench.panel.settle?.(job);
    if (bench.dataset.where === "job") import("./record.js").then(({ renew }) => renew(job));
  }

  #update(update) {
    const { bench } = this;
    this.#seen = update.seq;
    if (update.pictures?.result) this.#previews += 1;
    if (["queued", "running"].includes(this.job.status)) {
      if (Date.now() - this.#steered > READ) this.#step(update);
      bench.find("progress").value = update.progress;
    }
    bench.result(update.pictures);
    bench.panel.update?.(update);
  }

  #step(update) {
    const { voice } = this.bench;
    this.bench.enter("running", steps(update), { quietly: voice.spoke });
    voice.tick((passed) => steps(update, passed));
  }
}
