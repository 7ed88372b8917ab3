// The controls of a bench: sliders that say their value, and pictures that are picked, dropped, pasted or photographed.
// @ts-check

import { shrunk, tooLarge, unfit } from "./pictures.js";

/** The form of a bench. Tells `onPicture(name, url)` when a picture was chosen, `onChange()` when anything was. */
export class Fields {
  #urls = new Map();

  constructor(form, { onPicture, onChange }) {
    Object.assign(this, { form, onPicture, onChange });
    form.addEventListener("input", (event) => this.#changed(event.target));
    form.addEventListener("change", (event) => event.target.type === "file" && this.#picked(event.target));
    for (const slider of form.querySelectorAll("input[type=range]")) readOut(slider);
  }

  /** What is sent: the values as they stand, photographs no larger than they need to be. Throws the sentence of a bad file. */
  async body() {
    const body = new FormData(this.form);
    for (const input of this.#files()) {
      body.delete(input.name);
      const [file] = input.files;
      const value = file ? await shrunk(file) : this.#onShelf(input.name)?.value;
      const problem = file && (unfit(file) ?? tooLarge(value));
      if (problem) throw { [input.name]: problem };
      if (value) body.append(input.name, value);
    }
    return body;
  }

  /** The values for the API box; a file is named as the reader's own. */
  values() {
    const values = [];
    for (const [name, value] of new FormData(this.form)) {
      if (values.some((other) => other.name === name && !(value instanceof File && value.name))) continue;
      const file = value instanceof File;
      const text = file ? value.name || "photo.jpg" : value;
      const old = values.findIndex((other) => other.name === name);
      values.splice(old < 0 ? values.length : old, old < 0 ? 0 : 1, { name, value: text, file });
    }
    return values;
  }

  /** Shows the inputs of a job: numbers, choices, and pictures from the shelf. */
  fill(inputs) {
    for (const [name, given] of Object.entries(inputs ?? {})) {
      const value = String(given?.name ?? given);
      for (const control of this.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (control.type === "radio") control.checked = control.value === value;
        else if (control.type === "checkbox") control.checked = given === true;
        else if (control.type !== "file" && control.type !== "hidden") control.value = value;
        if (control.type === "range") readOut(control);
      }
      if (given?.picture) this.#own(name, given.picture);
    }
  }

  /** The address of the picture that is chosen for a field, or null. */
  picture(name) {
    return this.#onShelf(name)?.dataset.url ?? this.#urls.get(name) ?? null;
  }

  /** Sentences beside their fields; those that belong to none are given back. */
  complain(problems) {
    const homeless = [];
    for (const place of this.form.querySelectorAll("[data-problem]")) this.#mark(place, problems[place.dataset.problem] ?? "");
    for (const [name, sentence] of Object.entries(problems)) {
      if (!this.form.querySelector(`[data-problem="${CSS.escape(name)}"]`)) homeless.push(sentence);
    }
    this.form.querySelector("[aria-invalid=true]:is(input, select), [aria-invalid=true] input")?.focus({ preventScroll: true });
    return homeless;
  }

  /** Takes a file into the first picture field, as if it had been picked there. */
  give(file) {
    const [input] = this.#files();
    if (!input) return;
    const carrier = new DataTransfer();
    carrier.items.add(file);
    input.files = carrier.files;
    this.#picked(input);
    this.onChange();
  }

  #files() {
    return [...this.form.querySelectorAll("input[type=file]")];
  }

  #onShelf(name) {
    return this.form.querySelector(`input[type=radio][name="${CSS.escape(name)}"]:checked`);
  }

  #changed(control) {
    if (control.type === "range") readOut(control);
    if (control.type === "radio" && control.dataset.url) this.#fromShelf(control);
    this.onChange();
  }

  #fromShelf(radio) {
    const field = radio.closest("[data-picture-field]");
    field.querySelector("input[type=file]").value = "";
    field.querySelector("[data-own]").hidden = true;
    this.#mark(field.querySelector("[data-problem]"), "");
    this.onPicture(radio.name, radio.dataset.url);
  }

  #picked(input) {
    const [file] = input.files;
    if (!file) return;
    const place = input.closest("[data-picture-field]").querySelector("[data-problem]");
    const problem = unfit(file);
    this.#mark(place, problem ?? "");
    if (problem) {
      input.value = "";
      return;
    }
    const url = URL.createObjectURL(file);
    this.#own(input.name, url);
    this.onPicture(input.name, url);
  }

  #own(name, url) {
    const field = this.form.querySelector(`[data-picture-field="${CSS.escape(name)}"]`);
    if (!field) return;
    const old = this.#urls.get(name);
    if (old?.startsWith("blob:")) URL.revokeObjectURL(old);
    this.#urls.set(name, url);
    const radio = this.#onShelf(name);
    if (radio) radio.checked = false;
    const small = field.querySelector("[data-own]");
    Object.assign(small, { src: url, hidden: false, onerror: () => { small.hidden = true; } });
  }

  #mark(place, sentence) {
    place.textContent = sentence;
    const field = place.closest(".field");
    const control = field.matches("fieldset") ? field : field.querySelector("input:not([type=hidden]), select");
    if (sentence) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  }
}

/** Lets pictures be dropped on `place`, or pasted while the pointer or the focus is in `home`. */
export function takesPictures(place, home, give) {
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const over = (change) => {
    depth = Math.max(0, change === 0 ? 0 : depth + change);
    place.toggleAttribute("data-over", depth > 0);
  };
  place.addEventListener("dragenter", (event) => carries(event) && over(1));
  place.addEventListener("dragleave", (event) => carries(event) && over(-1));
  place.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  place.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(0);
    if (event.dataTransfer.files[0]) give(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file && (home.matches(":hover") || home.contains(document.activeElement))) give(file);
  });
}

function readOut(slider) {
  const { min, max, value, id } = slider;
  slider.style.setProperty("--at", `${((value - min) / (max - min)) * 100}%`);
  const output = slider.form.querySelector(`output[for="${CSS.escape(id)}"]`);
  if (output) output.value = [value, output.dataset.unit].filter(Boolean).join(" ");
}
