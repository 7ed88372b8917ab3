// What is its own of the bench of service accounts: it answers here, by an engine that is loaded with the first touch.
// @ts-check

import { answer, graph, html, lacking, switches, tabbed } from "./draw.js";
import { enliven, handle } from "./hands.js";

/** A part of the bench that is loaded when it is needed: the engine, or the reader of policies. */
const load = (name) => import(`./${name}.js`);
const FIRST = { golf: ["web/gallery", "photos"], other: ["web/frontend", "photos"] };

class Panel {
  /** @type {any} */
  #engine = null;
  #frame = 0;
  #asked = 0; // times
  #start;

  constructor(bench) {
    this.bench = bench;
    this.#start = bench.fields.value("start");
    bench.addEventListener("values", () => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => this.draw());
    });
    for (const touch of ["pointerover", "focusin"]) bench.addEventListener(touch, () => this.engine(), { once: true });
    bench.addEventListener("click", (event) => this.#clicked(event));
    bench.addEventListener("keydown", (event) => this.#keyed(event));
    handle(bench.find("graph"), {
      pick: (what, name) => bench.fields.set(what, name),
      lead: (id) => this.#lead(id),
      turn: (word, on) => this.#turn([[word, on]]),
      say: (words) => bench.say(words),
    });
    const part = bench.querySelector("[data-part=paste]");
    if (part.open) this.#paste();
    else part.addEventListener("toggle", () => this.#paste(), { once: true });
    const grants = bench.find("grant").closest("details");
    grants.addEventListener("toggle", () => this.#fillGrants());
    if (grants.open) this.#fillGrants();
    this.#ready(bench.find("graph").firstElementChild, (word) => word);
  }

  get instant() {
    return Object.keys(this.bench.fields.values());
  }

  changed(name, value) {
    if (name !== "start" || value === this.#start) return;
    this.#start = value;
    this.#set({ changes: null });
    const { pod, bucket } = this.bench.fields.values();
    const [first, where] = FIRST[value] ?? FIRST.other;
    const there = (names, wanted) => names.includes(wanted);
    const golf = ["web/gallery", "jobs/upload", "jobs/sweep"];
    if (there(golf, pod) !== (value === "golf")) this.#set({ pod: first });
    if (!there(value === "golf" ? ["photos", "inbox"] : ["photos", "thumbs", "ledger"], bucket)) this.#set({ bucket: where });
  }

  /** Everything that decides, once. */
  async engine() {
    if (this.#engine) return this.#engine;
    const engine = await load("engine");
    await engine.learned();
    this.#engine ??= engine;
    return engine;
  }

  async draw() {
    const { bench } = this;
    const turn = ++this.#asked;
    const engine = await this.engine().catch(() => null);
    if (!engine) return bench.say("The server cannot be reached, and what answers is not here yet. Try again in a moment.");
    const values = bench.fields.values();
    try {
      const told = await engine.shown(values);
      if (turn !== this.#asked) return; // the next one is on its way
      this.#show(told, engine);
      bench.fields.complain(unfit(values.time));
    } catch (problems) {
      if (problems instanceof Error) throw problems;
      bench.fields.complain(problems);
      bench.say(Object.values(problems).join(" "), { aloudOnly: true });
    }
  }

  #show(told, engine) {
    const { bench } = this;
    const focused = bench.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset : {};
    const sentence = bench.find("sentence");
    if (sentence.textContent !== told.sentence) bench.say(told.sentence, { aloudOnly: true });
    sentence.textContent = told.sentence;
    sentence.className = `sentence ${told.now.answer}`;
    const box = graph(told);
    bench.find("graph").replaceChildren(box);
    bench.find("lacking").replaceChildren(...lacking(told));
    bench.find("answer").replaceChildren(...answer(told));
    bench.find("switches").replaceChildren(...switches(told));
    this.#ready(box, (word) => `${engine.told(word)}: take it away`);
    for (const [name, there] of [["pod", told.pods], ["bucket", told.buckets]]) {
      for (const option of bench.querySelectorAll(`[name=${name}] option`)) option.hidden = !there.includes(option.value);
    }
    this.#focus(focused);
  }

  #ready(box, told) {
    enliven(box, told);
    for (const mends of this.bench.querySelectorAll(".mends")) tabbed(mends);
  }

  /** The focus goes back to what stands where it was. */
  #focus({ word, node, mend }) {
    const at = word ? `[data-word="${CSS.escape(word)}"]` : node ? `[data-node="${CSS.escape(node)}"]` : mend ? "[data-mend], [data-sentence]" : null;
    if (!at) return;
    const place = mend === undefined ? this.bench.querySelector(at) : this.bench.find("mend") ?? this.bench.find("sentence");
    if (place?.matches("[data-sentence]")) place.tabIndex = -1;
    place?.focus({ preventScroll: true });
  }

  #clicked(event) {
    const { target } = event;
    const { word } = target.closest("[data-word]")?.dataset ?? {};
    const { mend } = target.closest("[data-mend]")?.dataset ?? {};
    const { start } = target.closest("[data-start]")?.dataset ?? {};
    if (target.matches("[data-copy-mend]")) return this.#copy(target);
    if (target.matches("[data-give]")) return this.#give();
    if (event.metaKey || event.ctrlKey || !(word || mend || start)) return;
    event.preventDefault();
    if (start) return this.#begin(start);
    if (mend) return this.#turn(mend.split(",").map((each) => [each.replace(/^-/, ""), !each.startsWith("-")]));
    this.#turn([[word, target.closest("[data-word]").getAttribute("aria-checked") !== "true"]]);
  }

  #keyed(event) {
    if (![" ", "Enter"].includes(event.key) || !event.target.matches("[role=switch]")) return;
    event.preventDefault();
    event.target.click();
  }

  #begin(start) {
    this.#set({ system: "iam", start, permission: "storage.objects.get" });
    if (start === "golf") this.bench.find("grant").closest("details").open = true;
    this.bench.find("sentence").scrollIntoView({ block: "center" });
  }

  /** Says words anew, as if the reader had written them. */
  async #turn(words) {
    const engine = await this.engine().catch(() => null);
    if (!engine) return;
    const { start, changes } = this.bench.fields.values();
    try {
      const line = words.reduce((now, [word, on]) => engine.said(start, now, word, on), changes ?? "");
      this.#set({ changes: line || null });
    } catch (error) {
      this.bench.say(error.message);
    }
  }

  /** From a box to the switches that are about it. */
  #lead(id) {
    const [kind, name, who] = id.split(" ");
    const all = [...this.bench.querySelectorAll("[data-word]")];
    const about = kind === "grant" ? all.find(({ dataset: { word } }) => word.startsWith(`grant.${name.split("/")[1]}.`)) : all.find(({ dataset: { word } }) => word.split(".").includes(name.split(".")[0]) && /^(annotate|lets|enabled)/.test(word));
    if (about) return about.focus();
    this.bench.say(kind === "grant" ? `Ask about ${name.split("/")[1]} to see the switch of ${who}` : `Ask about a pod of ${name} to see its switches`);
  }

  async #fillGrants() {
    await this.engine();
    const { who, roles, where } = (await load("grantable")).grantable(this.bench.fields.values());
    for (const [part, names] of Object.entries({ who, role: roles, where })) {
      const list = this.bench.find(part);
      const chosen = list.value;
      list.replaceChildren(...names.map((name) => html("option", {}, name)));
      if (names.includes(chosen)) list.value = chosen;
    }
  }

  #give() {
    const [where, who, role] = ["where", "who", "role"].map((part) => this.bench.find(part).value);
    this.#turn([[`grant.${where}.${who}.${role}`, true]]);
    this.bench.say(`Granted: ${role} on ${where} to ${who}`);
  }

  async #copy(button) {
    const text = button.closest(".mends").querySelector("figure:not([hidden]) code").textContent;
    const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
    this.bench.say(copied ? "Copied" : "This browser keeps its clipboard to itself");
  }

  async #paste() {
    const { default: paste } = await load("paste").catch(() => ({ default: null }));
    if (!paste) return this.bench.say("The server cannot be reached. Try again in a moment.");
    await this.engine();
    paste(this.bench.find("paste"), (words) => this.bench.say(words, { aloudOnly: true }));
  }

  #set(changes) {
    const { fields } = this.bench;
    for (const [name, value] of Object.entries(changes)) if (fields.value(name) !== value) fields.set(name, value);
  }
}

const unfit = (time) => (time && Number.isNaN(Date.parse(`${time}T12:00:00Z`)) ? { time: `On the day must be a date such as 2026-12-24, not “${time.slice(0, 40)}”.` } : {});

export default (bench) => new Panel(bench);
