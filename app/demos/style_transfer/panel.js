// What is its own of the style-transfer bench, put together: each part is a module, the deeper ones loaded when used.
// @ts-check

import { before, differences, remember } from "./before.js";
import { curve, inWords } from "./curve.js";
import { divider } from "./divider.js";
import { presets } from "./faders.js";
import { inWords as gapInWords, rows } from "./gap.js";
import { at } from "./losses.js";
import { strip } from "./strip.js";
import { duration, figure } from "/static/js/words.js";

const EMPTY = "Losses appear here step by step.";

export default function panel(bench) {
  const find = (part) => bench.querySelector(`[data-${part}]`);
  let updates = [];
  let past = null;
  let pinned = null;
  let remix = null;
  let recount = null;
  let counted = null;
  let tint = null;

  const points = () => updates.map(({ data }) => data);
  const frameAt = (step) => at(updates.filter(({ pictures }) => pictures?.result).map((update) => ({ update, step: update.data.step })), step)?.update;
  const region = bench.fields.field("mask")?.closest("details");
  const sides = divider(bench);
  const tape = strip(bench, pin);
  const chart = curve(bench, {
    look: (step) => look(step === null ? pinned : frameAt(step) ?? null, step ?? undefined),
    redraw: () => look(pinned),
    pin: (step) => pin(step >= (updates.at(-1)?.data.step ?? 0) ? null : frameAt(step) ?? null),
  });

  /** Shows an update of this run, or what it has come to. */
  function look(update, step = update?.data.step) {
    bench.hold(update?.pictures?.result ?? tint);
    const point = step === undefined ? updates.at(-1)?.data : at(points(), step);
    find("numbers").textContent = point?.losses ? inWords(point, chart.names) : EMPTY;
    chart.draw({ points: points(), before: past?.points ?? [], steered: steered() }, step);
    tape.draw(updates, update);
  }

  function pin(update) {
    pinned = update;
    look(update);
  }

  function steered() {
    const step = (change) => change.step ?? updates.find(({ seq }) => seq >= change.seq)?.data.step ?? 0;
    return (bench.job?.steered ?? []).map((change) => ({ step: step(change), words: changed(change.changes) }));
  }

  function compare(data = {}) {
    find("gap").textContent = gapInWords(data, { duration, figure });
    const head = bench.querySelector(".gap thead th:last-child");
    head.textContent = data.step ? `Step ${data.step}` : "Now";
    for (const { name, once, now } of rows(data)) {
      [...bench.querySelectorAll(`[data-loss="${name}"] td`)].forEach((cell, i) => {
        const { value, share } = [once, now][i];
        cell.textContent = value === null ? "–" : figure(value);
        cell.style.setProperty("--share", String(share));
      });
    }
  }

  function latest() {
    const once = points().find((point) => point.once)?.once;
    return { ...updates.at(-1)?.data, ...(once && { once }) };
  }

  function changed(changes) {
    return Object.entries(changes).map(([name, value]) => `${bench.fields.label(name)} ${value}`).join(", ");
  }

  function clear() {
    [updates, pinned, tint] = [[], null, null];
    tape.clear();
    sides.offer("once", null);
    find("save").hidden = true;
    compare();
    look(null);
  }

  function begin(job) {
    past = before(job);
    clear();
    sides.offer("before", past?.picture ?? null, "The result of the run before");
    const names = past ? differences(job.inputs, past.inputs).map((name) => `${bench.fields.label(name)} ${spoken(bench.fields, name, past.inputs[name])}`) : [];
    find("before").textContent = past ? `Faint: the run before${names.length ? `, with ${names.join(", ")}` : ""}.` : "";
  }

  function settle(job) {
    const output = job.output ?? job.latest;
    if (!updates.length && output) updates.push({ ...output, seq: output.seq ?? 0 });
    if (output?.pictures.once) sides.offer("once", output.pictures.once, "The answer of one pass");
    compare(latest());
    look(pinned);
    count();
    if (job.example) return;
    remember({ ...job, output }, points());
    lapse(job.urls?.timelapse);
  }

  function lapse(url) {
    find("save").hidden = !url;
    if (!url) return;
    for (const kind of ["webp", "gif"]) find(`lapse="${kind}"`).href = url.replace(/\.webp$/, `.${kind}`);
  }

  async function recolour() {
    const output = bench.job?.output;
    const kind = bench.fields.form.elements.colours?.value;
    if (!output?.pictures.painted || !kind) return;
    const { tinted } = await import("./tints.js");
    const own = kind === bench.job.inputs.colours ? null : await tinted(kind, output.pictures.painted, bench.fields.picture("content"));
    tint = own;
    bench.offer("result", own ?? output.pictures.result);
    if (!pinned) bench.hold(own);
  }

  /** The Gram matrices of what is shown, as long as their section is open. */
  async function count() {
    if (!find("grams").open || counted === updates.at(-1)) return;
    counted = updates.at(-1);
    recount ??= import("./grams.js").then(({ matrices }) => matrices(bench));
    (await recount)();
  }

  /** The region's outline on the stage, while the pointer is at its controls. */
  async function outline() {
    const shown = region?.matches(":hover") ? bench.fields.picture("mask") : null;
    if (shown || !find("outline").hidden) (await import("./outline.js")).outline(find("outline"), shown);
  }

  async function mix() {
    if (!remix && !["style_2", "style_3"].some((name) => bench.fields.picture(name))) return;
    remix ??= import("./mixer.js").then(({ mixer }) => mixer(bench.fields));
    (await remix)();
  }

  presets(bench.fields);
  bench.addEventListener("values", () => {
    mix();
    outline();
  });
  mix();
  find("grams").addEventListener("toggle", count);
  region?.addEventListener("pointerenter", outline);
  region?.addEventListener("pointerleave", outline);

  return {
    instant: ["colours"],
    begin,
    chose(name) {
      if (name === "content") clear();
      mix();
    },
    changed(name) {
      if (name === "colours") recolour();
      if (/^(style|weight|mask)/.test(name)) mix();
    },
    update(update) {
      updates.push(update);
      if (update.data.once && update.data.step === 0) sides.offer("once", update.pictures?.result, "The answer of one pass");
      compare(latest());
      look(pinned);
    },
    settle,
  };
}

/** A value of an input as its control words it. */
function spoken(fields, name, value) {
  const plain = String(value?.name ?? value);
  const label = fields.field(name)?.querySelector(`input[value="${CSS.escape(plain)}"]`)?.closest("label");
  return label?.title || label?.textContent.trim() || (value instanceof Object && !value.name ? "another picture" : plain);
}
