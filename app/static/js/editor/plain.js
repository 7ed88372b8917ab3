// The text in a plain field: what is there without CodeMirror, and for whoever prefers it.
// @ts-check

/**
 * What the editor asks of a text, whichever field shows it. Places are counted in characters, lines from 1.
 *
 * @typedef {object} Writing
 * @property {string} text
 * @property {[number, number]} selection
 * @property {(from: number, to: number, words: string, select?: [number, number]) => void} change one step of undo
 * @property {(line: number) => void} goTo puts the cursor there, and shows it
 * @property {() => number} topLine the line at the top of the window, with the part of it that is above
 * @property {(line: number) => void} scrollTo
 * @property {(warnings: {line: number, sentence: string}[]) => void} mark
 * @property {() => void} focus
 * @property {() => void} separate what is typed from now on is a step of undo of its own
 */

/** @implements {Writing} */
export class Plain {
  /** @param {HTMLTextAreaElement} area */
  constructor(area) { this.area = area; }

  get text() { return this.area.value; }

  /** @returns {[number, number]} */
  get selection() { return [this.area.selectionStart, this.area.selectionEnd]; }

  change(from, to, words, select) {
    const was = document.activeElement;
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(from, to);
    // The only way that leaves the browser's own undo whole; where it is missing, the text matters more.
    const done = words ? document.execCommand("insertText", false, words) : from === to || document.execCommand("delete");
    if (!done) {
      this.area.setRangeText(words, from, to, "end");
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (select) this.area.setSelectionRange(...select);
    if (was instanceof HTMLElement && was !== this.area && was.closest("dialog")) was.focus();
  }

  goTo(line) {
    const start = this.text.split("\n").slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    this.area.focus({ preventScroll: true });
    this.area.setSelectionRange(start, start);
    this.scrollTo(line, window.innerHeight / 3);
  }

  // A plain field does not tell where a line is; its share of all the text is near enough.
  topLine() {
    const { top, height } = this.area.getBoundingClientRect();
    return 1 + Math.max(0, Math.min(1, -top / height)) * this.#lines();
  }

  scrollTo(line, above = 0) {
    const { top, height } = this.area.getBoundingClientRect();
    window.scrollTo({ top: window.scrollY + top + (height * (line - 1)) / this.#lines() - above });
  }

  mark() {}

  focus() { this.area.focus(); }

  separate() { /* a browser parts its own steps */ }

  #lines() { return this.text.split("\n").length; }
}
