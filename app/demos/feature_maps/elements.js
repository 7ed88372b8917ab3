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

/** @param {string | Node} words @param {() => void} act @param {Record<string, any>} [attributes] @returns {any} */
export const button = (words, act, attributes = {}) =>
  Object.assign(html("button", { type: "button", ...attributes }, words), { onclick: act });

/** A style sheet of this folder, for what is loaded when it is opened. */
export function dressed(name) {
  const { href } = new URL(`./${name}`, import.meta.url);
  if (!document.querySelector(`link[href="${href}"]`)) document.head.append(html("link", { rel: "stylesheet", href }));
}

/**
 * A choice of one of a few, as buttons of which one is pressed.
 * @param {[string, string][]} options value and words
 * @param {(value: string) => void} choose
 */
export function choice(label, options, choose) {
  const press = (value) =>
    buttons.forEach((each, i) => each.setAttribute("aria-pressed", String(options[i][0] === value)));
  const buttons = options.map(([value, words]) =>
    button(words, () => {
      press(value);
      choose(value);
    }),
  );
  press(options[0]?.[0]);
  return html("div", { class: "choice", role: "group", "aria-label": label }, ...buttons);
}
