// The preview beside the text: drawn by the server's own renderer, a moment after the last key.
// @ts-check

import { parsed } from "../markup.js";
import { inStep } from "./steps.js";

const MOMENT = 300;

export class Preview {
  #timer = 0;
  #running = new AbortController();

  /**
   * @param {HTMLElement} root
   * @param {HTMLFormElement} form
   * @param {() => import("./plain.js").Writing} writing
   * @param {() => void} onSignedOut
   */
  constructor(root, form, writing, onSignedOut) {
    Object.assign(this, { form, writing, onSignedOut });
    this.pane = root.querySelector("[data-preview-pane]");
    this.text = this.pane.querySelector("[data-preview-text]");
    this.list = this.pane.querySelector("[data-warnings]");
    this.count = root.querySelector("[data-count]");
    this.warnings = [];
    this.follow = inStep(this.pane, writing);
    form.elements.source.addEventListener("input", () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.draw(), MOMENT);
    });
  }

  async draw() {
    clearTimeout(this.#timer);
    this.#running.abort();
    this.#running = new AbortController();
    const body = new FormData();
    const { token, source } = this.form.elements;
    body.set("token", token.value);
    body.set("source", source.value);
    try {
      const response = await fetch(this.form.dataset.preview, { method: "POST", body, headers: { Accept: "application/json" }, signal: this.#running.signal });
      if (response.ok) this.#show(await response.json());
      else if (response.status === 401 && token.value !== body.get("token")) this.draw(); // signed in again meanwhile
      else if (response.status === 401) this.onSignedOut();
      else this.#warn([{ line: 0, sentence: (await response.json()).error }]);
    } catch (error) {
      if (error.name !== "AbortError") this.#warn([{ line: 0, sentence: "The preview cannot be reached just now." }]);
    }
  }

  /** Marks the lines once more, in a field that has just opened. */
  mark() { this.writing().mark(this.warnings.filter(({ line }) => line > 0)); }

  #show({ html, warnings, words, minutes }) {
    renew(this.text, [...parsed(html).body.childNodes]); // sanitised by the renderer, as on the page itself
    for (const bench of this.text.querySelectorAll(".bench")) bench.inert = true;
    this.count.textContent = words === 1 ? "One word" : `${words.toLocaleString("en")} words, ${minutes} min`;
    this.#warn(warnings);
    this.follow();
  }

  #warn(warnings) {
    this.warnings = warnings;
    this.list.hidden = warnings.length === 0;
    this.list.replaceChildren(...warnings.map((warning) => this.#warning(warning)));
    this.mark();
  }

  #warning({ line, sentence }) {
    const item = document.createElement("li");
    if (!line) {
      item.textContent = sentence;
      return item;
    }
    const button = Object.assign(document.createElement("button"), { type: "button", className: "bare", textContent: `Line ${line}` });
    button.addEventListener("click", () => {
      this.pane.dispatchEvent(new CustomEvent("to-the-text", { bubbles: true }));
      this.writing().goTo(line);
    });
    item.append(button, `: ${sentence}`);
    return item;
  }
}

// What is drawn as before stays, so that nothing flickers and no picture comes twice.
function renew(place, nodes) {
  const old = [...place.childNodes];
  const [had, has] = [old.map(said), nodes.map(said)];
  let start = 0;
  while (start < had.length && start < has.length && had[start] === has[start]) start += 1;
  let end = 0;
  while (end < had.length - start && end < has.length - start && had.at(-1 - end) === has.at(-1 - end)) end += 1;
  for (let index = 0; index < start; index += 1) relined(old[index], nodes[index]);
  for (let index = 0; index < end; index += 1) relined(old.at(-1 - index), nodes.at(-1 - index));
  for (const gone of old.slice(start, old.length - end)) gone.remove();
  const next = end ? old[old.length - end] : null;
  for (const come of nodes.slice(start, nodes.length - end)) place.insertBefore(come, next);
}

function said(node) {
  if (!(node instanceof Element)) return node.textContent;
  const plain = /** @type {Element} */ (node.cloneNode(false));
  plain.removeAttribute("data-line");
  plain.removeAttribute("inert");
  return plain.outerHTML + node.innerHTML.replaceAll(' inert=""', "");
}

function relined(old, fresh) {
  if (old instanceof Element && fresh.dataset.line) old.dataset.line = fresh.dataset.line;
}
