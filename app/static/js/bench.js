// <live-demo>: the bench of every demo. Sends its form, follows the run, shows it; a demo's panel.js adds what is its own.
// @ts-check

import { Fields, takesPictures } from "./fields.js";
import { cancel, follow, isFinal, look, Refusal, start } from "./jobs.js";
import { keep, kept } from "./memory.js";
import { write } from "./snippets.js";
import { show } from "./stage.js";
import { steps } from "./words.js";

const STATES = { queued: "queued", running: "running", succeeded: "done", failed: "failed", canceled: "canceled", expired: "failed" };
const LIVE = new Set(["sending", "queued", "running"]);
const FAILED = "It did not work";
const NEAR = "600px"; // how close the window comes before a panel is loaded
const SAY_EVERY = 8000; // a screen reader hears of steps this often

/**
 * What a panel.js gives: `export default (bench) => ({begin, update, settle, chose})`, each of them optional.
 * begin(): a run starts. update({seq, data, pictures}). settle(job): it is over. chose(name, url): a picture was chosen.
 */
class LiveDemo extends HTMLElement {
  panel = {};
  #watch = new AbortController();
  #spoke = 0;
  #held = null;
  #latest = this.querySelector("[data-picture=result] img")?.getAttribute("src") ?? null;

  connectedCallback() {
    if (this.fields) return; // moved within the page
    this.fields = new Fields(this.querySelector("form.controls"), {
      onPicture: (name, url) => this.#chose(name, url),
      onChange: () => write(this, this.fields.values()),
    });
    this.fields.form.addEventListener("submit", (event) => this.#submitted(event));
    this.#find("share").addEventListener("click", (event) => this.#share(event));
    takesPictures(this.#find("stage"), this, (file) => this.fields.give(file));
    write(this, this.fields.values());
    this.#pointToText();
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      this.ready = this.#wake();
    }, { rootMargin: NEAR });
    observer.observe(this);
  }

  disconnectedCallback() {
    this.#watch.abort();
  }

  get state() {
    return this.dataset.state;
  }

  /** The frame of a picture on the stage. */
  frame(name) {
    return this.querySelector(`[data-picture="${CSS.escape(name)}"]`);
  }

  /** Holds an earlier result on the stage while a reader looks at it; null lets go. */
  hold(url) {
    this.#held = url;
    if (url ?? this.#latest) show(this.frame("result"), url ?? this.#latest, url ? "An earlier step" : "The result");
  }

  async #wake() {
    if (this.dataset.panel) this.panel = (await import(this.dataset.panel)).default(this) ?? {};
    const job = this.dataset.job ? JSON.parse(this.dataset.job) : await this.#earlier();
    if (this.state !== "idle" && !this.dataset.job) return; // the reader was quicker
    if (job) return this.#attach(job);
    const example = JSON.parse(this.dataset.example ?? "null");
    for (const update of example?.updates ?? []) this.panel.update?.(update);
    if (example) this.panel.settle?.({ output: example, example: true });
  }

  /** The run this page was showing before it was loaded again, if it is still there. */
  async #earlier() {
    const url = kept(this);
    return url ? look(url).catch(() => keep(this, null)) : null;
  }

  async #submitted(event) {
    event.preventDefault();
    if (event.submitter?.hasAttribute("data-stop")) return this.#stop();
    if (LIVE.has(this.state)) return;
    this.#enter("sending", "Sending…");
    this.fields.complain({});
    this.#fail("");
    try {
      await this.ready;
      const body = await this.fields.body();
      this.#attach(await start(this.fields.form.action, body));
    } catch (error) {
      this.#refused(error);
    }
  }

  /** Follows a job from its first update, be it new, half done or finished. */
  async #attach(job) {
    this.#watch.abort();
    this.#watch = new AbortController();
    const { signal } = this.#watch;
    this.job = job;
    if (!this.dataset.job) keep(this, job.urls.self);
    this.fields.fill(job.inputs);
    this.#chosen();
    this.panel.begin?.(job);
    this.#draw(job);
    try {
      for await (const { type, data } of follow(job.urls, { signal })) {
        if (type === "update") this.#update(data);
        else if (type === "lost") this.#say("The connection is lost; trying again. The run goes on.");
        else this.#draw(data);
      }
    } catch (error) {
      keep(this, null);
      this.#refused(error);
    }
  }

  #draw(job) {
    this.job = job;
    this.#enter(STATES[job.status], job.error ? FAILED : job.message);
    this.#find("progress").value = isFinal(job) ? 1 : job.progress;
    this.#find("share").href = job.urls.page;
    this.#find("share").hidden = false;
    this.#fail(job.error ?? "");
    if (!isFinal(job)) return;
    this.#result((job.output ?? job.latest)?.pictures);
    this.panel.settle?.(job);
  }

  #update(update) {
    if (!isFinal(this.job)) {
      this.#enter("running", steps(update), { quietly: Date.now() - this.#spoke < SAY_EVERY });
      this.#find("progress").value = update.progress;
    }
    this.#result(update.pictures);
    this.panel.update?.(update);
  }

  #result(pictures) {
    for (const [name, url] of Object.entries(pictures ?? {})) {
      if (name !== "result" || !this.#held) show(this.frame(name), url, "The result so far");
    }
    if (!pictures?.result) return;
    this.#latest = pictures.result;
    this.toggleAttribute("data-result", true);
    Object.assign(this.#find("download"), { href: pictures.result, hidden: false });
  }

  #chose(name, url) {
    if (LIVE.has(this.state)) return;
    this.#fail("");
    if (this.frame(name)) {
      this.#clear();
      show(this.frame(name), url, "The picture you chose").then((shown) => {
        if (!shown) this.#say("This browser cannot show that file; the server may still read it");
      });
    }
    this.panel.chose?.(name, url);
    this.#enter("idle", "Ready: press Run");
  }

  /** The chosen pictures on the stage, and no result before there is one. */
  #chosen() {
    for (const { dataset } of this.querySelectorAll("[data-picture-field]")) {
      const url = this.fields.picture(dataset.pictureField);
      if (url) show(this.frame(dataset.pictureField), url, "The picture that was chosen");
    }
    if (this.dataset.job && this.job.latest) return;
    this.#clear();
  }

  #clear() {
    this.#held = this.#latest = null;
    show(this.frame("result"), null);
    this.toggleAttribute("data-result", false);
    for (const link of ["download", "share"]) this.#find(link).hidden = true;
  }

  async #stop() {
    if (!this.job || isFinal(this.job)) return;
    this.#say("Stopping…");
    try {
      await cancel(this.job.urls);
    } catch (error) {
      this.#say(sentence(error));
    }
  }

  #refused(error) {
    const problems = error instanceof Error ? error.problems ?? {} : error;
    const homeless = this.fields.complain(problems);
    const beside = Object.values(problems).length > homeless.length;
    this.#fail(homeless.join(" ") || (beside ? "" : sentence(error)));
    this.#enter("failed", beside ? "One thing needs another look" : FAILED);
    this.#say(beside ? Object.values(problems).join(" ") : sentence(error), { aloudOnly: true });
  }

  #enter(state, words, { quietly = false } = {}) {
    this.dataset.state = state;
    this.querySelector("[data-run]").setAttribute("aria-disabled", String(LIVE.has(state)));
    this.#say(words, { quietly });
  }

  #say(words, { quietly = false, aloudOnly = false } = {}) {
    if (!aloudOnly) this.#find("status").textContent = words;
    if (quietly) return;
    this.#spoke = Date.now();
    this.#find("said").textContent = words;
  }

  #fail(words) {
    Object.assign(this.#find("failure"), { textContent: words, hidden: !words });
  }

  async #share(event) {
    const url = this.#find("share").href;
    if (event.ctrlKey || event.metaKey || event.shiftKey || !navigator.clipboard) return;
    event.preventDefault();
    const copied = await navigator.clipboard.writeText(url).then(() => true, () => false);
    if (copied) this.#say("The address of this run is copied");
    else location.assign(url);
  }

  /** "How this works" leads to the heading that follows the bench in its post. */
  #pointToText() {
    const headings = [...(this.closest("article")?.querySelectorAll("h2[id], h3[id]") ?? [])];
    const next = headings.find((heading) => this.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
    Object.assign(this.#find("how"), { href: `#${next?.id}`, hidden: !next });
  }

  #find(part) {
    return this.querySelector(`[data-${part}]`);
  }
}

function sentence(error) {
  return error instanceof Refusal ? error.message : "The server cannot be reached. What you chose is still here: try again in a moment.";
}

customElements.define("live-demo", LiveDemo);
