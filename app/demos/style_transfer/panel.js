// What is its own of the style-transfer bench, put together: each part is a module, the deeper ones loaded when used.
// @ts-check

import { before, differences, remember } from "./before.js";
import { curve, inWords } from "./curve.js";
import { divider } from "./divider.js";
import { inWords as gapInWords, rows } from "./gap.js";
import { at } from "./losses.js";
import { strip } from "./strip.js";
import { duration, figure } from "/static/js/words.js";

const EMPTY = "Losses appear here step by step.";

class Panel {
  instant = ["colours"];
  #updates = [];
  #past = null; // the run before
  #pinned = null; // the update that is looked at
  #tint = null; // the result in other colours
  #remix = null;
  #recount = null;
  #counted = null;

  constructor(bench) {
    this.bench = bench;
    this.sides = divider(bench);
    this.tape = strip(bench, (update) => this.#pin(update));
    this.curve = curve(bench, {
      look: (step) => (step === null ? this.#look() : this.#look(this.#frame(step), step)),
      pin: (step) => this.#pin(step >= (this.#updates.at(-1)?.data.step ?? 0) ? null : this.#frame(step)),
      redraw: () => this.#look(),
    });
    this.region = bench.fields.field("mask")?.closest("details");
    this.#listen();
    this.#mix();
  }

  begin(job) {
    const { fields } = this.bench;
    this.#past = before(job);
    this.#clear();
    this.sides.offer("before", this.#past?.picture ?? null, "The result of the run before");
    const then = this.#past?.inputs;
    const names = then ? differences(job.inputs, then).map((name) => `${fields.label(name)} ${spoken(fields, name, then[name])}`) : [];
    this.#find("before").textContent = then ? `Faint: the run before${names.length ? `, with ${names.join(", ")}` : ""}.` : "";
  }

  update(update) {
    this.#updates.push(update);
    if (update.data.once && update.data.step === 0) this.sides.offer("once", update.pictures?.result, "The answer of one pass");
    this.#compare();
    this.#look();
  }

  settle(job) {
    const output = job.output ?? job.latest;
    if (!this.#updates.length && output) this.#updates.push({ ...output, seq: output.seq ?? 0 });
    if (output?.pictures.once) this.sides.offer("once", output.pictures.once, "The answer of one pass");
    this.#compare();
    this.#look();
    this.#count();
    if (job.example) return;
    remember({ ...job, output }, this.#points);
    this.#export(job.urls?.timelapse);
  }

  chose(name) {
    if (name === "content") this.#clear();
    this.#mix();
  }

  changed(name) {
    if (name === "colours") this.#recolour();
  }

  get #points() {
    return this.#updates.map(({ data }) => data);
  }

  /** What was changed while it ran: the steps, and the words. */
  get #steered() {
    const step = (change) => change.step ?? this.#updates.find(({ seq }) => seq >= change.seq)?.data.step ?? 0;
    const words = (changes) => Object.entries(changes).map(([name, value]) => `${this.bench.fields.label(name)} ${value}`).join(", ");
    return (this.bench.job?.steered ?? []).map((change) => ({ step: step(change), words: words(change.changes) }));
  }

  #listen() {
    const { bench } = this;
    const layers = bench.fields.field("layer_1")?.closest("details");
    layers?.addEventListener("toggle", async () => (await import("./faders.js")).presets(bench.fields), { once: true });
    bench.addEventListener("values", () => { this.#mix(); this.#outline(); });
    this.#find("grams").addEventListener("toggle", () => this.#count());
    for (const type of ["pointerenter", "pointerleave"]) this.region?.addEventListener(type, () => this.#outline());
  }

  #find(part) {
    return this.bench.querySelector(`[data-${part}]`);
  }

  /** The update whose picture stands for a step. */
  #frame(step) {
    const frames = this.#updates.filter(({ pictures }) => pictures?.result).map((update) => ({ update, step: update.data.step }));
    return at(frames, step)?.update ?? null;
  }

  /** Shows an update of this run; without one what it has come to. */
  #look(update = this.#pinned, step = update?.data.step) {
    this.bench.hold(update?.pictures?.result ?? this.#tint);
    const point = step === undefined ? this.#updates.at(-1)?.data : at(this.#points, step);
    this.#find("numbers").textContent = point?.losses ? inWords(point, this.curve.names) : EMPTY;
    this.curve.draw({ points: this.#points, before: this.#past?.points ?? [], steered: this.#steered }, step);
    this.tape.draw(this.#updates, update);
  }

  #pin(update) {
    this.#pinned = update;
    this.#look();
  }

  /** One pass against what the optimisation has come to. */
  #compare() {
    const once = this.#points.find((point) => point.once)?.once;
    const data = { ...this.#points.at(-1), ...(once && { once }) };
    this.#find("gap").textContent = gapInWords(data, { duration, figure });
    this.bench.querySelector(".gap thead th:last-child").textContent = data.step ? `Step ${data.step}` : "Now";
    for (const { name, once: first, now } of rows(data)) {
      this.bench.querySelectorAll(`[data-loss="${name}"] td`).forEach((cell, i) => {
        const { value, share } = [first, now][i];
        cell.textContent = value === null ? "–" : figure(value);
        cell.style.setProperty("--share", String(share));
      });
    }
  }

  #clear() {
    [this.#updates, this.#pinned, this.#tint] = [[], null, null];
    this.tape.clear();
    this.sides.offer("once", null);
    this.#export(null);
    this.#compare();
    this.#look();
  }

  #export(url) {
    this.#find("save").hidden = !url;
    for (const kind of ["webp", "gif"]) this.#find(`lapse="${kind}"`).href = url?.replace(/\.webp$/, `.${kind}`) ?? "";
  }

  async #recolour() {
    const { bench } = this;
    const [output, kind] = [bench.job?.output, bench.fields.value("colours")];
    if (!output?.pictures.painted) return;
    const { tinted } = await import("./tints.js");
    this.#tint = kind === bench.job.inputs.colours ? null : await tinted(kind, output.pictures.painted, bench.fields.picture("content"));
    bench.offer("result", this.#tint ?? output.pictures.result);
    if (!this.#pinned) bench.hold(this.#tint);
  }

  /** The Gram matrices of what is shown, as long as their section is open. */
  async #count() {
    if (!this.#find("grams").open || this.#counted === this.#updates.at(-1)) return;
    this.#counted = this.#updates.at(-1);
    this.#recount ??= import("./grams.js").then(({ matrices }) => matrices(this.bench));
    (await this.#recount)();
  }

  /** The region's outline on the stage, while the pointer is at its controls. */
  async #outline() {
    const canvas = this.#find("outline");
    const shown = this.region?.matches(":hover") ? this.bench.fields.picture("mask") : null;
    if (shown || !canvas.hidden) (await import("./outline.js")).outline(canvas, shown);
  }

  /** The mixer, once there is more than one style. */
  async #mix() {
    const { fields } = this.bench;
    if (!this.#remix && !fields.picture("style_2") && !fields.picture("style_3")) return;
    this.#remix ??= import("./mixer.js").then(({ mixer }) => mixer(fields));
    (await this.#remix)();
  }
}

/** A value of an input as its control words it. */
function spoken(fields, name, value) {
  const plain = String(value?.name ?? value);
  const label = fields.field(name)?.querySelector(`input[value="${CSS.escape(plain)}"]`)?.closest("label");
  return label?.title || label?.textContent.trim() || (value instanceof Object && !value.name ? "another picture" : plain);
}

export default (bench) => new Panel(bench);
