// What is its own of the feature-map bench, put together: a channel is picked in a sheet and drawn live; each part is a
// module.
// @ts-check

import { parsed, written } from "./channels.js";
import { Curve } from "./curve.js";
import { frames } from "./frames.js";
import { regularisers } from "./regularisers.js";
import { tally } from "./tally.js";

/**
 * What a part that is loaded when it is opened (quiz, switches, atlas, untrained, health) is given: `default (root,
 * view)`, which
 * may give {turned()}, called whenever the browser shows another layer.
 *
 * @typedef {object} View
 * @property {any} bench
 * @property {any} about what the server tells of networks, gallery and what is ready-made
 * @property {import("./sheets.js").Sheets} sheets
 * @property {() => {network: string, layer: string}} layer that the browser shows
 * @property {(at: import("./channels.js").Address, more?: Record<string, any>) => void} draw runs the bench on a
 * channel, with other inputs set first
 * @property {(at: import("./channels.js").Address | null) => void} point shows another channel's card, until null
 */

const NEAR = "300px"; // how close the window comes before the sheet of a layer is fetched
const BUSY = ["sending", "queued", "running", "paused"];
const NOTHING = "Press Run, and the picture grows here.";

class Panel {
  /** @type {import("./browser.js").Browser | null} */
  browser = null;
  /** @type {import("./card.js").Card | null} */
  card = null;
  #updates = [];
  #parts = [];
  #next = false; // another run is wanted as soon as this one has stopped
  #reading = null;
  #loaded = null; // the sheets

  constructor(bench) {
    this.bench = bench;
    this.frames = frames(bench);
    this.about = JSON.parse(this.frames.view.dataset.about);
    this.curve = new Curve(bench, (step) => this.frames.look(this.#updates, step));
    this.regularisers = regularisers(bench.fields, this.about.methods);
    this.channel = parsed(this.about.channel, this.about.networks);
    new IntersectionObserver(
      ([entry], observer) => {
        if (!entry.isIntersecting) return;
        observer.disconnect();
        this.#browse();
      },
      { rootMargin: NEAR },
    ).observe(bench.find("sheet"));
    bench.addEventListener("values", () => this.#values());
    this.#values();
    for (const root of bench.querySelectorAll("[data-part]"))
      root.addEventListener("toggle", () => this.#open(root), { once: true });
  }

  begin(job) {
    this.#updates = [];
    this.frames.clear();
    this.curve.clear();
    this.frames.answer(job.inputs.question);
    this.bench.find("tally").textContent = "";
    this.#reading?.then((reading) => reading.forget());
    if (this.#next) setTimeout(() => this.bench.run.ask("cancel")); // it was wanted before this one had begun
    if (job.inputs.question === "photo") this.#read(); // its scripts are there before its numbers
  }

  update(update) {
    this.#updates.push(update);
    this.#tell(update.data);
  }

  settle(job) {
    const output = job.output ?? job.latest;
    if (output?.data) {
      if (!this.#updates.length) this.#updates.push({ ...output, seq: output.seq ?? 0 });
      this.frames.answer(output.data.question);
      this.#tell(output.data);
      if (output.data.question === "photo" && output.files?.maps)
        this.#read().then((reading) => reading.take(output.data, output.files));
    }
    if (this.#next) return void setTimeout(() => this.#run());
    const { bench } = this;
    if (!job.example)
      bench.say(`${bench.find("status").textContent}. ${bench.find("tally").textContent}`, { aloudOnly: true });
  }

  chose(name) {
    if (name === "photo") this.#forget();
  }

  changed(name) {
    this.regularisers.changed(name);
  }

  /** Runs the bench on a channel, with other inputs set first. A run that goes on is stopped for it. */
  draw(at, more = {}) {
    const { bench } = this;
    const { fields } = bench;
    for (const [name, value] of Object.entries({ ...more, channel: written(at) }))
      if (fields.value(name) !== value) fields.set(name, value);
    this.#look();
    if (!BUSY.includes(bench.state)) return this.#run();
    this.#next = true;
    bench.run?.ask("cancel");
  }

  /** A tile shows a channel of the trained network: what else was wanted before is not. */
  #drawTile(at) {
    const direction = this.bench.fields.value("objective") === "direction";
    this.draw(at, { untrained: false, ...(direction && { objective: "channel" }) });
  }

  #run() {
    this.#next = false;
    this.bench.fields.form.requestSubmit(this.bench.querySelector("[data-run]"));
  }

  /** @returns {Promise<import("./sheets.js").Sheets>} */
  #sheets() {
    return (this.#loaded ??= import("./sheets.js").then(
      ({ Sheets }) => new Sheets(this.about, `/demos/${this.bench.dataset.name}`),
    ));
  }

  /** The sheet of the channel's layer, and the card that follows the pointer over it. */
  async #browse() {
    const { bench } = this;
    const [{ Browser }, { Card }, sheets] = await Promise.all([
      import("./browser.js"),
      import("./card.js"),
      this.#sheets(),
    ]);
    const drawn = parsed(this.about.channel, this.about.networks);
    const card = new Card(bench, sheets, drawn, {
      choose: (at) => bench.fields.set("channel", written(at)),
      read: (at, photo) => this.draw(at, { question: "photo", photo }),
    });
    const turned = () => this.#parts.forEach((part) => part.turned?.());
    const browser = new Browser(bench, sheets, this.channel, {
      draw: (at) => this.#drawTile(at),
      point: (at) => card.point(at),
      turned,
    });
    Object.assign(this, { card, browser });
    if (written(drawn) !== written(this.channel)) card.show(this.channel);
  }

  /** The stage comes into sight where it is out of it. */
  #look() {
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.frames.view.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  }

  #values() {
    const { fields } = this.bench;
    this.regularisers.show();
    this.frames.ask(fields.value("question"));
    const at = parsed(fields.value("channel"), this.about.networks);
    if (!at || written(at) === written(this.channel)) return;
    this.channel = at;
    this.card?.show(at);
    this.browser?.show(at);
  }

  /** The numbers of a report: what is reached, and the curve to it. */
  #tell(data) {
    this.curve.draw(data);
    this.frames.reach(data.methods, data.best);
    this.bench.find("tally").textContent = tally(data);
  }

  #forget() {
    this.#updates = [];
    this.frames.answer(null);
    this.frames.clear();
    this.curve.clear();
    this.bench.find("tally").textContent = NOTHING;
    this.#reading?.then((reading) => reading.forget());
  }

  /** What a photograph excites, loaded with the first that is read. */
  #read() {
    return (this.#reading ??= Promise.all([part("reading"), this.#view()]).then(
      ([{ Reading }, view]) => new Reading(this.bench.find("reading"), this.frames, view),
    ));
  }

  /** Loads a part of the bench when a reader opens it. */
  async #open(root) {
    const [own, view] = await Promise.all([part(root.dataset.part), this.#view()]);
    this.#parts.push((await own.default(root.querySelector(".inside"), view)) ?? {});
  }

  /** @returns {Promise<View>} */
  async #view() {
    const { bench, about } = this;
    const sheets = await this.#sheets();
    return {
      bench,
      about,
      sheets,
      layer: () => this.browser?.layer ?? this.channel,
      draw: (at, more) => this.draw(at, more),
      point: (at) => this.card?.point(at),
    };
  }
}

const part = (name) => import(`./${name}.js`);

export default (bench) => new Panel(bench);
