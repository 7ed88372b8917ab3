// What Python and the bench's scripts both know: roles, sandboxes to start from, texts. Read once, from facts.json.
// @ts-check

/** @type {any} */
export const facts = {};

/** Reads them, if they are not there yet. */
export async function learned() {
  if (!facts.roles) Object.assign(facts, await fetch(new URL("./facts.json", import.meta.url)).then((answer) => answer.json()));
}

export const permissions = (role, custom = {}) => (Object.hasOwn(custom, role) ? custom[role] : facts.roles[role]) ?? null;
export const copy = (data) => JSON.parse(JSON.stringify(data));
export const unique = (list) => [...new Set(list)];

/** A text's part before the first separator, and the rest. @returns {[string, string]} */
export function cut(text, separator = "/") {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}

const removed = (text, start) => (text.startsWith(start) ? text.slice(start.length) : text);
export { removed as without };
