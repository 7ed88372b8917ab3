// Elements of HTML, made in one line.
// @ts-check

/** @param {string} tag @param {Record<string, any>} [attributes] null and false leave one out @param {...(Node | string)} children @returns {any} */
export function html(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children);
  return element;
}

export const button = (words, act, more = {}) => html("button", { type: "button", onclick: act, ...more }, words);

/** A label with a choice of one. @param {[string, string][]} options value and words */
export function select(label, options, chosen, change, more = {}) {
  const list = html("select", { onchange: () => change(list.value), ...more }, ...options.map(([value, words]) => html("option", { value, selected: value === chosen }, words)));
  return html("label", { class: "line" }, label, list);
}

/** The words of a choice of the bench by value, as its controls have them. @returns {[string, string][]} */
export const choices = (bench, name) => [...bench.querySelectorAll(`select[name="${name}"] option`)].map((option) => [option.value, option.textContent]);
