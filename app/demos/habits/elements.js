// Elements of HTML and of SVG, made in one line; and what this browser keeps.
// @ts-check

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const svg = (tag, attributes, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function filled(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** What is kept in this browser under a name, or `otherwise`. @template T @param {string} name @param {T} otherwise @returns {T} */
export function kept(name, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(`habits ${name}`) ?? "null") ?? otherwise;
  } catch {
    return otherwise; // storage is closed to us, or holds something else
  }
}

export function keep(name, value) {
  try {
    localStorage.setItem(`habits ${name}`, JSON.stringify(value));
  } catch {
    // then it is forgotten with the page
  }
}

export function hand(text, type, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers read it a moment later
}
