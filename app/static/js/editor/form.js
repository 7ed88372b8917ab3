// The editor's form as what is written in it: every field that belongs to the post, and no other.
// @ts-check

const NOT_WRITTEN = new Set(["token", "version", "rev", "copy"]);

/** @param {HTMLFormElement} form @returns {Record<string, string>} */
export function written(form) {
  return Object.fromEntries([...new FormData(form)].filter(([name]) => !NOT_WRITTEN.has(name)).map(([name, value]) => [name, lines(value)]));
}

/** Whether two texts of a form say the same. A name that only one has is not compared: it was not asked for there. */
export function same(one, other) {
  return Object.keys(one).filter((name) => name in other).every((name) => lines(one[name]) === lines(other[name]));
}

/** Puts fields into the form, through `take` what is the text itself. */
export function fill(form, fields, take) {
  for (const [name, value] of Object.entries(fields)) {
    const control = form.elements.namedItem(name);
    if (NOT_WRITTEN.has(name) || !control) continue;
    if (name === "source") take(lines(value));
    else control.value = value; // of radio buttons it checks the one
  }
  form.elements.namedItem("title")?.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Line ends as a text field has them. */
export const lines = (text) => String(text).replace(/\r\n?/g, "\n");

/** A time of day, such as 14:02. @param {string | number | Date} moment */
export const clock = (moment) => new Date(moment).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
