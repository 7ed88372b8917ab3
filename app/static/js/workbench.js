// <live-demo>: the bench of every demo. Holds its form, its stage and its words; a Run follows what the server does, and a
// demo's panel.js adds what is its own.
// @ts-check

import { takesPictures } from "./drop.js";
import { Fields } from "./fields.js";
import { kept } from "./memory.js";
import { show } from "./stage.js";
import { equip } from "./tools.js";
import { Voice } from "./voice.js";
import { again, sentence } from "./words.js";

const BUSY = new Set(["sending", "queued", "running", "paused"]);
const FAILED = "It did not work";
const NEAR = "600px"; // how close the window comes before a panel is loaded

/**
 * What a panel.js gives: `export default (bench) => panel`. All of it is optional, and called in this order:
 * begin, then update for each report once (those of the past too), then settle once. A finished example has no begin.
 *
 * @typedef {object} Panel
 * @property {(job: any) => void} [begin] a run is on the bench, new or old; the controls show its inputs
 * @property {(update: {seq: number, progress: number, data: any, pictures: Record<string, string>}) => void} [update]
 * @property {(job: any) => void} [settle] it is over: job.output (or job.latest) has data, pictures and files
 * @property {(name: string, url: string | null) => void} [chose] a picture was chosen, or taken away
 * @property {(name: string, value: any) => void} [changed] a control was changed, by the reader or by fields.set
 * @property {string[]} [instant] inputs that the panel answers at once, so that nobody is told to press Run
 *
 * A panel may use bench.fields (values, picture, set), frame(name), hold(url), say(words), job, state and follow(job). The
 * bench itself tells of "values" whenever its controls show something else.
 */
class LiveDemo extends HTMLElement {
  /** @type {Panel} */
  panel = {};
  #held = null;
  #latest = this.querySelector("[data-picture=result] img")?.getAttribute("src") ?? null;

  connectedCallback() {
    if (this.fields) return; // moved within the page
    this.voice = new Voice(this);
    this.fields = new Fields(this.querySelector("form.controls"), {
      onPicture: (name, url) => this.#chose(name, url),
      onChange: (name, value) => this.#changed(name, value),
      onValues: () => this.dispatchEvent(new Event("values")),
    });
    this.fields.form.addEventListener("submit", (event) => this.#submitted(event));
    takesPictures(this.find("stage"), this, (file) => this.#given(file));
    equip(this);
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      observer.disconnect();
      this.ready = this.#wake();
    }, { rootMargin: NEAR });
    observer.observe(this);
  }

  disconnectedCallback() {
    this.run?.leave();
    this.voice?.hush();
  }

  get state() {
    return this.dataset.state;
  }

  /** The job on the bench, as the server last described it. */
  get job() {
    return this.run?.job ?? null;
  }

  /** Shows a job on the bench, be it new, half done or finished. */
  async follow(job) {
    return (await this.#runs()).follow(job);
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

  /** Shows the pictures of a report; the latest result becomes what there is to download. */
  result(pictures) {
    for (const [name, url] of Object.entries(pictures ?? {})) {
      if (name !== "result" || !this.#held) show(this.frame(name), url, "The result so far");
    }
    if (!pictures?.result) return;
    this.#latest = pictures.result;
    this.toggleAttribute("data-result", true);
    this.offer("result", pictures.result);
  }

  /** An address for a part of the foot line; null takes the offer back. */
  offer(part, url) {
    for (const place of this.querySelectorAll(`[data-offer="${part}"], [data-with="${part}"]`)) {
      place.hidden = !url;
      if (url && place.dataset.offer) place.setAttribute(place.matches("form") ? "action" : "href", url);
    }
  }

  /** The stage and the foot before a run: no result, and nothing to do with one. */
  clear() {
    this.#held = this.#latest = null;
    show(this.frame("result"), null);
    this.toggleAttribute("data-result", false);
    this.run?.offer(null);
    this.offer("result", null);
  }

  /** The chosen pictures on the stage. */
  chosen() {
    for (const { dataset } of this.querySelectorAll("[data-picture-field]")) {
      const url = this.fields.picture(dataset.pictureField);
      if (url) show(this.frame(dataset.pictureField), url, "The picture that was chosen");
    }
  }

  /** A new state, in words. The focus stays where the reader put it: a button that goes hands it to the one in its place. */
  enter(state, words, { quietly = false } = {}) {
    const focused = this.querySelector(".slot :focus");
    this.dataset.state = state;
    this.querySelector("[data-run]")?.setAttribute("aria-disabled", String(BUSY.has(state)));
    if (focused && hidden(focused)) {
      const near = [...focused.closest(".slot").children, this.querySelector("[data-run]")];
      near.find((button) => !hidden(button))?.focus({ preventScroll: true });
    }
    this.say(words, { quietly });
  }

  /** Words in the head line; a screen reader hears them too. */
  say(words, how) {
    this.voice.say(words, how);
  }

  /** Sentences of a refusal beside their fields, and what is said of it. */
  refused(error) {
    const problems = error instanceof Error ? error.problems ?? {} : error;
    const homeless = this.fields.complain(problems);
    const beside = Object.values(problems).length > homeless.length;
    this.voice.fail(homeless.join(" ") || (beside ? "" : sentence(error)));
    this.enter("failed", beside ? "One thing needs another look" : FAILED);
    this.say(beside ? Object.values(problems).join(" ") : sentence(error), { aloudOnly: true });
    if (error.retryAfter) this.voice.failFor((passed) => `${error.message} ${again(error.retryAfter - passed)}`);
  }

  find(part) {
    return this.querySelector(`[data-${part}]`);
  }

  /** Loaded with the first run. */
  async #runs() {
    const { Run } = await import("./run.js");
    return this.run ??= new Run(this);
  }

  async #wake() {
    if (this.dataset.where === "page") (await import("./address.js")).follow(this);
    if (this.dataset.panel) this.panel = (await import(this.dataset.panel)).default(this) ?? {};
    const earlier = kept(this);
    const job = this.dataset.job ? JSON.parse(this.dataset.job) : earlier && await (await this.#runs()).earlier(earlier);
    if (this.state !== "idle" && !this.dataset.job) return; // the reader was quicker
    if (job) return this.follow(job);
    const example = JSON.parse(this.dataset.example ?? "null");
    for (const update of example?.updates ?? []) this.panel.update?.(update);
    if (example) this.panel.settle?.({ output: example, example: true });
  }

  async #submitted(event) {
    event.preventDefault();
    if (this.hasAttribute("data-instant")) return; // it has answered already
    const button = event.submitter;
    if (button?.dataset.ask) return this.run?.ask(button.dataset.ask);
    if (BUSY.has(this.state)) return;
    this.enter("sending", "Sending…");
    this.fields.complain({});
    this.voice.fail("");
    try {
      await this.ready;
      const body = await this.fields.body();
      if (button?.name) body.append(button.name, button.value);
      await (await this.#runs()).start(this.fields.form.action, body);
    } catch (error) {
      this.refused(error);
    }
  }

  #changed(name, value) {
    this.panel.changed?.(name, value);
    if (this.run?.steers(name)) return this.run.steer(name, value);
    if (BUSY.has(this.state) || this.panel.instant?.includes(name) || !this.job) return;
    this.enter("idle", "Changed: press Run to see it");
  }

  #chose(name, url) {
    if (BUSY.has(this.state)) return;
    this.voice.fail("");
    if (this.frame(name)) {
      this.clear();
      show(this.frame(name), url, "The picture you chose").then((shown) => {
        if (!shown) this.say("This browser cannot show that file; the server may still read it");
      });
    }
    this.panel.chose?.(name, url);
    if (!this.panel.instant?.includes(name)) this.enter("idle", "Ready: press Run");
  }

  /** A picture that was dropped or pasted: a result of an earlier run, or a photograph. */
  async #given(file) {
    if (file.type === "image/png") {
      const { read, restore } = await import("./recipe.js");
      const recipe = await read(new Uint8Array(await file.arrayBuffer()));
      if (recipe) return BUSY.has(this.state) ? undefined : restore(this, recipe);
    }
    this.fields.give(file);
  }
}

const hidden = (button) => button.checkVisibility?.({ visibilityProperty: true }) === false;

customElements.define("live-demo", LiveDemo);
