// Single values of a policy's text, and the error that says its line.
// @ts-check

export const STRING = /"(?:[^"\\\n]|\\.)*"/y;
export const SINGLE = /'(?:[^'\n]|'')*'/y;
const DEEPEST = 30;
const WORDS = new Map([["true", true], ["false", false], ["null", null], ["~", null], ["", null]]);

/** A sentence, and the line (from 1) that it is about. */
export class DocumentError extends Error {
  constructor(line, sentence) {
    super(sentence);
    this.line = line;
  }
}

export const below = (path, key) => (path ? `${path}/${key}` : String(key));
const whole = (pattern, text) => new RegExp(`^(?:${pattern.source})$`).test(text);

export function scalar(text, line) {
  if (text.startsWith('"')) {
    if (!whole(STRING, text)) throw new DocumentError(line, "A quotation mark is missing.");
    try {
      return JSON.parse(text);
    } catch {
      throw new DocumentError(line, "A backslash stands before something that it cannot escape.");
    }
  }
  if (text.startsWith("'")) {
    if (!whole(SINGLE, text)) throw new DocumentError(line, "A quotation mark is missing.");
    return text.slice(1, -1).replaceAll("''", "'");
  }
  if (text && "&*!@`%".includes(text[0])) throw new DocumentError(line, `${text[0]} at the beginning means something else in YAML: put the value in quotes.`);
  if (WORDS.has(text)) return WORDS.get(text);
  return /^-?\d+$/.test(text) ? Number(text) : text;
}

export function shallow(path, line) {
  if (path.split("/").length - 1 > DEEPEST) throw new DocumentError(line, "This is nested too deep for a policy.");
}
