// Elements of HTML and of SVG, made in one line.
// @ts-check

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const svg = (tag, attributes, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/** The rows of a table's body: the first text of each is its heading. @param {HTMLElement} body @param {string[][]} texts */
export function rows(body, texts) {
  body.replaceChildren(...texts.map(([head, ...cells]) => html("tr", {}, html("th", { scope: "row" }, head), ...cells.map((text) => html("td", {}, text)))));
}

/** Names and figures, as a list of definitions. @param {HTMLElement} list @param {[string, string][]} texts */
export function facts(list, texts) {
  list.replaceChildren(...texts.map(([name, text]) => html("div", {}, html("dt", {}, name), html("dd", {}, text))));
}

function filled(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}
