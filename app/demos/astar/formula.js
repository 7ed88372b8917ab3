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
  const words = text.match(/\d+\.?\d*|\.\d+|[a-z]+|\S/g) ?? [];
  let at = 0;
  const next = (word) => words[at] === word && ++at > 0;
  const need = (word) => { if (!next(word)) throw new SyntaxError(word); };

  function sum() {
    let left = product();
    for (let sign; (sign = "+-".includes(words[at] ?? " ") && words[at]);) left = joined(left, (at++, sign), product());
    return left;
  }
  function product() {
    let left = part();
    for (let sign; (sign = "*/".includes(words[at] ?? " ") && words[at]);) left = joined(left, (at++, sign), part());
    return left;
  }
  function part() {
    if (next("-")) {
      const value = part();
      return (dx, dy) => -value(dx, dy);
    }
    if (next("(")) {
      const inner = sum();
      need(")");
      return inner;
    }
    const word = words[at++] ?? "";
    if (/^[\d.]/.test(word)) return () => Number(word);
    if (Object.hasOwn(NAMES, word)) return NAMES[word];
    if (!Object.hasOwn(CALLS, word)) throw new SyntaxError(word);
    return call(CALLS[word]);
  }
  function call(how) {
    need("(");
    const values = [sum()];
    while (next(",")) values.push(sum());
    need(")");
    return (dx, dy) => how(...values.map((value) => value(dx, dy)));
  }

  try {
    const whole = sum();
    return at === words.length ? whole : null;
  } catch {
    return null;
  }
}

const joined = (left, sign, right) => (dx, dy) => SIGNS[sign](left(dx, dy), right(dx, dy));
