// JSON, and the same brackets inside YAML, with the line of every value.
// @ts-check

import { below, DocumentError, scalar, shallow, SINGLE, STRING } from "./scalar.js";

const NAME = /[^\s,[\]{}:"'][^,[\]{}:\n]*/y;
const PLAIN = /[^\s,[\]{}:"'][^,[\]{}\n]*/y;

/** JSON, and the same brackets inside YAML. */
export class Flow {
  at = 0;
  lines = new Map();

  constructor(text, first = 1) {
    Object.assign(this, { text, first });
  }

  line() {
    return this.first + this.text.slice(0, this.at).split("\n").length - 1;
  }

  peek() {
    while (this.at < this.text.length && /\s/.test(this.text[this.at])) this.at += 1;
    return this.text.slice(this.at, this.at + 1);
  }

  value(path) {
    const opening = this.peek();
    shallow(path, this.line());
    this.lines.set(path, this.line());
    if (opening === "{") return this.#mapping(path);
    return opening === "[" ? this.#list(path) : this.#scalar(PLAIN);
  }

  #mapping(path) {
    const found = new Map();
    this.at += 1;
    while (this.#more("}", found.size > 0)) {
      const [line, key] = [this.line(), this.#scalar(NAME)];
      if (typeof key !== "string") throw new DocumentError(line, "A name is a text in quotes.");
      if (found.has(key)) throw new DocumentError(line, `${key} is there twice.`);
      if (this.peek() !== ":") throw new DocumentError(this.line(), `A colon is missing after ${key}.`);
      this.at += 1;
      found.set(key, this.value(below(path, key)));
    }
    return Object.fromEntries(found);
  }

  #list(path) {
    const found = [];
    this.at += 1;
    while (this.#more("]", found.length > 0)) found.push(this.value(below(path, found.length)));
    return found;
  }

  #more(closing, begun) {
    const here = this.peek();
    if (here === closing) {
      this.at += 1;
      return false;
    }
    if (!here) throw new DocumentError(this.line(), `The end comes before a closing ${closing}.`);
    if (begun) {
      if (here !== ",") throw new DocumentError(this.line(), "A comma is missing.");
      this.at += 1;
      if (this.peek() === closing) throw new DocumentError(this.line(), `There is a comma too many before ${closing}.`);
    }
    return true;
  }

  #scalar(plain) {
    this.peek();
    for (const pattern of [STRING, SINGLE, plain]) {
      pattern.lastIndex = this.at;
      const found = pattern.exec(this.text);
      if (!found) continue;
      const line = this.line();
      this.at = pattern.lastIndex;
      return scalar(found[0].trim(), line);
    }
    throw new DocumentError(this.line(), "A value is missing, or a quotation mark.");
  }
}
