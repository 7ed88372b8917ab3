// Elements of HTML and of SVG, made in one line.
// @ts-check

/**
 * @param {string} tag
 * @param {Record<string, any>} [attributes] null and false leave one out
 * @param {...(Node | string)} children
 * @returns {any}
 */
export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const svg = (tag, attributes, ...children) =>
  filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

/**
 * A piece of a picture, cut out by a view box.
 * @param {ArrayLike<number>} box x y width height
 * @param {[number, number]} size of the picture
 */
export function cut(url, box, [width, height]) {
  return svg(
    "svg",
    { viewBox: Array.from(box).join(" "), "aria-hidden": "true" },
    svg("image", { href: url, width, height }),
  );
}

function filled(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes))
    if (value !== null && value !== undefined && value !== false)
      element.setAttribute(name, value === true ? "" : String(value));
  element.append(...children);
  return element;
}
