// YAML in blocks, as gcloud prints policies: mappings, lists, scalars, by their indentation.
// @ts-check

import { Flow } from "./flow.js";
import { below, DocumentError, scalar, shallow } from "./scalar.js";

const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s#:[{"'-][^:#]*?|-[^\s:#][^:#]*?)\s*:(?:\s+(.*))?$/;
const indentation = (line) => line.length - line.trimStart().length;
const isItem = (text) => text === "-" || text.startsWith("- ");

/** A line without its comment. */
function uncommented(line) {
  let quote = "";
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at];
    if (quote) quote = letter === quote ? "" : quote;
    else if (`"'`.includes(letter) && at > 0 && " [,(".includes(line[at - 1])) quote = letter;
    else if (letter === "#" && (at === 0 || line[at - 1] === " ")) return line.slice(0, at);
  }
  return line;
}

/** YAML in blocks: mappings, lists, scalars, by their indentation. */
export class Block {
  lines = new Map();
  rows = /** @type {[number, string, number][]} */ ([]);
  at = 0;

  constructor(text) {
    this.raw = text.replaceAll("\r\n", "\n").split("\n");
    this.raw.forEach((line, i) => {
      if (line.slice(0, indentation(line)).includes("\t")) throw new DocumentError(i + 1, "YAML is indented with spaces, not tabs.");
      const bare = uncommented(line).trimEnd();
      if (bare === "---" && this.rows.length) throw new DocumentError(i + 1, "Another document begins here: paste one at a time.");
      if (bare.trim() && bare !== "---") this.rows.push([indentation(bare), bare.trimStart(), i + 1]);
    });
  }

  whole() {
    if (!this.rows.length) throw new DocumentError(1, "There is nothing here: paste a policy.");
    const data = this.#block(this.rows[0][0], "");
    if (this.at < this.rows.length) throw new DocumentError(this.rows[this.at][2], "This line is not indented like the ones before it.");
    return data;
  }

  #block(indent, path) {
    const [, text, line] = this.rows[this.at];
    shallow(path, line);
    if (!this.lines.has(path)) this.lines.set(path, line);
    if (isItem(text)) return this.#list(indent, path);
    if (KEY.test(text)) return this.#mapping(indent, path);
    this.at += 1;
    return this.#inline(text, line, indent, path);
  }

  #list(indent, path) {
    const found = [];
    while (this.#here(indent) && isItem(this.rows[this.at][1])) {
      const [, text, line] = this.rows[this.at];
      const inner = text.slice(1).trimStart();
      const where = below(path, found.length);
      this.lines.set(where, line);
      if (inner) {
        const deeper = indent + text.length - inner.length;
        this.rows[this.at] = [deeper, inner, line];
        found.push(this.#block(deeper, where));
      } else {
        this.at += 1;
        found.push(this.#nested(indent, where, false));
      }
    }
    return found;
  }

  #mapping(indent, path) {
    const found = new Map();
    for (let pair; this.#here(indent) && (pair = KEY.exec(this.rows[this.at][1]));) {
      const line = this.rows[this.at][2];
      const given = scalar(pair[1], line);
      const key = given === null ? "None" : given === true ? "True" : given === false ? "False" : String(given);
      if (found.has(key)) throw new DocumentError(line, `${key} is there twice.`);
      const where = below(path, key);
      this.lines.set(where, line);
      this.at += 1;
      const value = (pair[2] ?? "").trim();
      found.set(key, value ? this.#inline(value, line, indent, where) : this.#nested(indent, where, true));
    }
    return Object.fromEntries(found);
  }

  #here(indent) {
    return this.at < this.rows.length && this.rows[this.at][0] === indent;
  }

  #nested(indent, path, same) {
    if (this.at === this.rows.length) return null;
    const [depth, text] = this.rows[this.at];
    return depth > indent || (same && depth === indent && isItem(text)) ? this.#block(depth, path) : null;
  }

  #inline(text, line, indent, path) {
    let value = text;
    if ("[{".includes(value[0])) {
      const flow = new Flow(value, line);
      const data = flow.value(path);
      if (flow.peek()) throw new DocumentError(line, "Something follows after the closing bracket.");
      for (const [where, at] of flow.lines) this.lines.set(where, at);
      return data;
    }
    if (/^[|>][-+]?$/.test(value)) return this.#text(value, line, indent);
    for (; this.at < this.rows.length && this.rows[this.at][0] > indent; this.at += 1) value += ` ${this.rows[this.at][1]}`;
    return scalar(value, line);
  }

  #text(mark, line, indent) {
    const taken = [];
    for (const raw of this.raw.slice(line)) {
      if (raw.trim() && indentation(raw) <= indent) break;
      taken.push(raw);
    }
    while (this.at < this.rows.length && this.rows[this.at][2] <= line + taken.length) this.at += 1;
    const margin = Math.min(...taken.filter((raw) => raw.trim()).map(indentation));
    const text = taken.map((raw) => raw.slice(Number.isFinite(margin) ? margin : 0).trimEnd()).join(mark[0] === "|" ? "\n" : " ").trimEnd();
    return mark.endsWith("-") ? text : `${text}\n`;
  }
}
