// Formulas for estimates, as a reader types them: "max(dx, dy) + 0.4 * min(dx, dy)". As app/algorithms/search/expression.py.
// @ts-check

const NAMES = {
  dx: (dx) => dx,
  dy: (_, dy) => dy,
  manhattan: (dx, dy) => dx + dy,
  octile: (dx, dy) => Math.max(dx, dy) + (Math.SQRT2 - 1) * Math.min(dx, dy),
  euclidean: (dx, dy) => Math.sqrt(dx * dx + dy * dy),
  chebyshev: (dx, dy) => Math.max(dx, dy),
};
const CALLS = { max: Math.max, min: Math.min, abs: Math.abs, sqrt: Math.sqrt };
const SIGNS = { "+": (a, b) => a + b, "-": (a, b) => a - b, "*": (a, b) => a * b, "/": (a, b) => a / b };

/** The estimate that a text means; null where it is no formula of these names. @param {string} text @returns {((dx: number, dy: number) => number) | null} */
export function formula(text) {
  const reader = new Reader(text);
  try {
    const whole = reader.sum();
    return reader.over ? whole : null;
  } catch {
    return null;
  }
}

/** Reads from left to right, a method for each rule of the grammar. Throws SyntaxError. */
class Reader {
  #words;
  #at = 0;

  constructor(text) {
    this.#words = text.match(/\d+\.?\d*|\.\d+|[a-z]+|\S/g) ?? [];
  }

  get over() {
    return this.#at === this.#words.length;
  }

  sum() {
    return this.#row("+-", () => this.#product());
  }

  #product() {
    return this.#row("*/", () => this.#part());
  }

  /** Parts with one of these signs between them. */
  #row(signs, part) {
    let left = part();
    while (!this.over && signs.includes(this.#words[this.#at])) left = joined(left, this.#words[this.#at++], part());
    return left;
  }

  #part() {
    if (this.#next("-")) {
      const value = this.#part();
      return (dx, dy) => -value(dx, dy);
    }
    if (this.#next("(")) {
      const inner = this.sum();
      this.#need(")");
      return inner;
    }
    const word = this.#words[this.#at++] ?? "";
    if (/^[\d.]/.test(word)) return () => Number(word);
    if (Object.hasOwn(NAMES, word)) return NAMES[word];
    if (!Object.hasOwn(CALLS, word)) throw new SyntaxError(word);
    return this.#call(CALLS[word]);
  }

  #call(how) {
    this.#need("(");
    const values = [this.sum()];
    while (this.#next(",")) values.push(this.sum());
    this.#need(")");
    return (dx, dy) => how(...values.map((value) => value(dx, dy)));
  }

  #next(word) {
    return this.#words[this.#at] === word && ++this.#at > 0;
  }

  #need(word) {
    if (!this.#next(word)) throw new SyntaxError(word);
  }
}

const joined = (left, sign, right) => (dx, dy) => SIGNS[sign](left(dx, dy), right(dx, dy));
