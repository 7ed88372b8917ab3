// The controls of a bench: sliders that say their value, and pictures that are picked, dropped, pasted or photographed.
// @ts-check

import { complain, mark } from "./complaints.js";

const LINGERS = 10000; // a picture that is taken away may still be on its way to the stage

/**
 * The form of a bench. Tells `onPicture(name, url)` when a picture was chosen, `onChange(name, value)` when a control was
 * changed, and `onValues()` whenever the controls show something else, also when it was not the reader who changed them.
 */
export class Fields {
  #urls = new Map();

  constructor(form, { onPicture, onChange, onValues }) {
    Object.assign(this, { form, onPicture, onChange, onValues });
    form.addEventListener("input", (event) => this.#changed(event.target));
    form.addEventListener("change", (event) => event.target.type === "file" && this.#picked(event.target));
    for (const slider of form.querySelectorAll("input[type=range]")) readOut(slider);
    this.#markGroups();
  }

  /** What is sent: the values as they stand, photographs no larger than they need to be. Throws the sentence of a bad file. */
  async body() {
    const body = new FormData(this.form);
    for (const input of this.#files()) {
      body.delete(input.name);
      const [file] = input.files;
      const value = file ? await sendable(input.name, file) : this.#onShelf(input.name)?.value;
      if (value) body.append(input.name, value);
    }
    return body;
  }

  /**
   * The values by name: numbers, booleans, texts; null for what is left empty. A picture is its name on the shelf, the address
   * it is kept at, or the name of the reader's file.
   */
  values() {
    return Object.fromEntries([...this.#fields()].map(({ dataset: { field } }) => [field, this.value(field)]));
  }

  value(name) {
    const file = this.file(name);
    if (file) return file.name;
    const [control] = this.#controls(name);
    if (control?.type === "checkbox") return control.checked;
    if (control?.type === "radio") return this.#onShelf(name)?.value || null;
    if (control?.type === "range" || control?.type === "number") return Number.isNaN(control.valueAsNumber) ? null : control.valueAsNumber;
    return control?.value || null;
  }

  /** The values that are not what a reader finds who has touched nothing. */
  changes() {
    return Object.fromEntries(Object.entries(this.values()).filter(([name]) => !this.#isDefault(this.field(name))));
  }

  /** Sets a control as if the reader had. A picture by its name on the shelf or its address; null takes it away. */
  set(name, value) {
    this.#show(name, value)?.dispatchEvent(new Event("input", { bubbles: true }));
  }

  /** Shows the inputs of a job: numbers, choices, and pictures from the shelf or where they are kept. */
  fill(inputs) {
    for (const [name, given] of Object.entries(inputs ?? {})) {
      const address = given?.picture ?? null;
      if (address && this.file(name)) this.#own(name, address); // the file is still in the form
      else this.#show(name, given?.name ?? (given instanceof Object ? address : given));
    }
    this.#shown();
  }

  /** The address of the picture that is chosen for a field, or null. */
  picture(name) {
    const radio = this.#onShelf(name);
    return radio ? radio.dataset.url || null : this.#urls.get(name) ?? null;
  }

  /** The reader's own file that is chosen for a field, or null. */
  file(name) {
    return this.#files().find((input) => input.name === name)?.files[0] ?? null;
  }

  /** The element of a field, and what it is called. */
  field(name) {
    return this.form.querySelector(`[data-field="${CSS.escape(name)}"]`);
  }

  label(name) {
    return this.field(name)?.dataset.label ?? name;
  }

  /** Sentences beside their fields; those that belong to none are given back. */
  complain(problems) {
    return complain(this.form, problems);
  }

  /** Takes a file into a picture's field, the first where none is named, as if it had been picked there. */
  give(file, name = this.#files()[0]?.name) {
    const input = this.#files().find((other) => other.name === name);
    if (!input) return;
    const carrier = new DataTransfer();
    carrier.items.add(file);
    input.files = carrier.files;
    this.#picked(input);
  }

  *#fields() {
    yield* this.form.querySelectorAll("[data-field]");
  }

  #files() {
    return [...this.form.querySelectorAll("input[type=file]")];
  }

  #controls(name) {
    return [...this.form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type=file], [type=hidden])`)];
  }

  #onShelf(name) {
    return this.#controls(name).find(({ checked }) => checked) ?? null;
  }

  #isDefault({ dataset }) {
    const [value, usual] = [this.value(dataset.field), dataset.default];
    return typeof value === "number" ? value === Number(usual) : String(value ?? "") === usual;
  }

  #changed(control) {
    if (!control.name || control.type === "file") return; // a tool of a field; a file's change event tells
    if (control.type === "range") readOut(control);
    this.#shown();
    if (control.type === "radio" && control.dataset.url !== undefined) this.#fromShelf(control);
    this.onChange(control.name, this.value(control.name));
  }

  #shown() {
    this.#markGroups();
    this.onValues();
  }

  /** A group that is folded away says when something in it is not as usual. */
  #markGroups() {
    for (const group of this.form.querySelectorAll("details.group")) {
      group.querySelector("[data-changed]").hidden = [...group.querySelectorAll("[data-field]")].every((field) => this.#isDefault(field));
    }
  }

  /** Makes the controls of a name show a value; gives the one that now holds it. */
  #show(name, value) {
    const text = String(value ?? "");
    if (text.startsWith("/pictures/")) return this.#stored(name, text);
    let holder = null;
    for (const control of this.#controls(name)) {
      if (control.type === "radio") control.checked = control.value === text && !control.hasAttribute("data-stored");
      else if (control.type === "checkbox") control.checked = value === true;
      else control.value = text;
      if (control.type === "range") readOut(control);
      if (control.type !== "radio" || control.checked) holder = control;
    }
    if (this.field(name)?.hasAttribute("data-picture-field")) this.#letGo(name);
    return holder;
  }

  /** A picture that the server keeps already: its address is sent in place of a file. */
  #stored(name, address) {
    const radio = this.field(name)?.querySelector("[data-stored]");
    if (!radio) return null;
    this.#letGo(name);
    this.#own(name, address);
    Object.assign(radio, { value: address, checked: true }).dataset.url = address;
    return radio;
  }

  #fromShelf(radio) {
    if (!radio.hasAttribute("data-stored")) this.#letGo(radio.name);
    mark(this.field(radio.name), "");
    this.onPicture(radio.name, radio.dataset.url || null);
  }

  /** Forgets the reader's own picture of a field. */
  #letGo(name) {
    const field = this.field(name);
    field.querySelector("input[type=file]").value = "";
    field.querySelector("[data-own]").hidden = true;
    this.#point(name, null);
  }

  async #picked(input) {
    const [file] = input.files;
    if (!file) return;
    const { unfit } = await import("./pictures.js");
    const problem = unfit(file);
    mark(this.field(input.name), problem ?? "");
    if (problem) {
      input.value = "";
      return;
    }
    const url = URL.createObjectURL(file);
    this.#own(input.name, url);
    this.#shown();
    this.onPicture(input.name, url);
    this.onChange(input.name, file.name);
  }

  #own(name, url) {
    this.#point(name, url);
    const radio = this.#onShelf(name);
    if (radio) radio.checked = false;
    const small = this.field(name).querySelector("[data-own]");
    Object.assign(small, { src: url, hidden: false, onerror: () => { small.hidden = true; } });
  }

  #point(name, url) {
    const old = this.#urls.get(name);
    if (old?.startsWith("blob:")) setTimeout(() => URL.revokeObjectURL(old), LINGERS);
    this.#urls.set(name, url);
  }
}

async function sendable(name, file) {
  const { shrunk, tooLarge, unfit } = await import("./pictures.js");
  const small = await shrunk(file);
  const problem = unfit(file) ?? tooLarge(small);
  if (problem) throw { [name]: problem };
  return small;
}

function readOut(slider) {
  const { min, max, value, id } = slider;
  slider.style.setProperty("--at", `${((value - min) / (max - min)) * 100}%`);
  const output = slider.form.querySelector(`output[for="${CSS.escape(id)}"]`);
  if (output) output.value = [value, output.dataset.unit].filter(Boolean).join(" ");
}
