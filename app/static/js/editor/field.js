// Which field shows the text: CodeMirror, unless its author chose the plain one in this browser.
// @ts-check

import { Plain } from "./plain.js";
import { fetched, Rich } from "./rich.js";

const CHOICE = "playpress:plain-text-field";

/** The text of a form, through whichever field shows it now. */
export class Field {
  /**
   * @param {HTMLElement} root
   * @param {HTMLTextAreaElement} area
   */
  constructor(root, area) {
    Object.assign(this, { root, area });
    this.plain = new Plain(area);
    this.rich = null;
    this.label = /** @type {HTMLLabelElement} */ (root.querySelector("[data-text-label]"));
    this.toggle = /** @type {HTMLInputElement} */ (root.querySelector("[data-plain]"));
    this.toggle.checked = chosen();
    this.toggle.addEventListener("change", () => {
      remember(this.toggle.checked);
      this.open();
    });
    this.label.addEventListener("click", () => this.writing.focus());
  }

  /** @returns {import("./plain.js").Writing} */
  get writing() { return this.rich ?? this.plain; }

  /** Puts the field there that is wished for. Where CodeMirror cannot come, the plain one stays. */
  async open() {
    if (this.toggle.checked) this.#close();
    else if (!this.rich) await this.#enrich();
    this.root.dispatchEvent(new CustomEvent("field"));
  }

  /** Another text in place of this one, as a step that can be undone. */
  take(text) {
    if (text !== this.writing.text) this.writing.change(0, this.writing.text.length, text, [0, 0]);
  }

  async #enrich() {
    const { codemirror, integrity } = this.root.dataset;
    try {
      const cm = await fetched(String(codemirror), String(integrity));
      if (this.toggle.checked || this.rich) return;
      this.rich = new Rich(this.area, cm, this.label);
      this.label.removeAttribute("for"); // the plain field keeps its name, but is not there
    } catch {
      this.toggle.checked = true;
    }
  }

  #close() {
    this.rich?.close();
    this.rich = null;
    this.label.htmlFor = this.area.id;
  }
}

function chosen() {
  try {
    return localStorage.getItem(CHOICE) === "1";
  } catch {
    return false; // a browser that keeps nothing
  }
}

function remember(plain) {
  try {
    if (plain) localStorage.setItem(CHOICE, "1");
    else localStorage.removeItem(CHOICE);
  } catch { /* then it holds for this page */ }
}
