// What the parts of the bench that are loaded when they are opened have in common: buttons, choices, a sheet of their own.
// @ts-check

import { html } from "./elements.js";

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
