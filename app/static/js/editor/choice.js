// Two texts of one post, and the choice between them: what differs is shown where the text is.
// @ts-check

import { drawn } from "./difference.js";

const NAMES = {
  title: "Title", slug: "Address", description: "Description", series: "Series", part: "Part", status: "State", lang: "Language",
  cover: "Cover", cover_alt: "What the cover shows", tags: "Tags", published_at: "Date", kind: "Kind",
};

/**
 * Shows a choice in `place` until one of `ways` is taken.
 *
 * @param {HTMLElement} place
 * @param {object} choice
 * @param {string} choice.heading
 * @param {string} choice.words
 * @param {Record<string, string>} [choice.mine] what is in the editor
 * @param {Record<string, string>} [choice.theirs] the other text
 * @param {[string, () => void][]} choice.ways
 * @param {[string, string][]} [choice.links]
 */
export function choose(place, { heading, words, mine, theirs, ways, links = [] }) {
  const buttons = ways.map(([label, act], index) => {
    const button = element("button", label, { type: "button", className: index ? "" : "primary" });
    button.addEventListener("click", () => {
      close(place);
      act();
    });
    return button;
  });
  const elsewhere = links.map(([label, href]) => element("a", label, { href, target: "_blank" }));
  const actions = element("p", "", { className: "actions" });
  actions.append(...buttons, ...elsewhere);
  place.replaceChildren(element("h2", heading, { id: "choice-title" }), element("p", words), ...differing(mine, theirs), actions);
  place.hidden = false;
  place.scrollIntoView({ block: "nearest" });
}

export function close(place) {
  place.hidden = true;
  place.replaceChildren();
}

function differing(mine, theirs) {
  if (!mine || !theirs) return [];
  const legend = element("p", "", { className: "soft" });
  legend.append("From the other text to the one in the editor: ", element("del", "only in the other"), ", ", element("ins", "only in the editor"), ".");
  const fields = Object.keys(NAMES).filter((name) => name in mine && name in theirs && mine[name] !== theirs[name]);
  const list = element("dl", "", { className: "differing-fields" });
  for (const name of fields) {
    const pair = document.createElement("div");
    const value = element("dd", "");
    value.append(element("del", theirs[name] || "nothing"), " ", element("ins", mine[name] || "nothing"));
    pair.append(element("dt", NAMES[name]), value);
    list.append(pair);
  }
  const whole = document.createElement("details");
  const area = element("textarea", "", { value: theirs.source ?? "", readOnly: true, rows: 12 });
  area.setAttribute("aria-label", "The whole other text");
  whole.append(element("summary", "The whole other text"), area);
  const text = mine.source === theirs.source ? [] : [drawn(theirs.source ?? "", mine.source ?? ""), whole];
  return [legend, ...(fields.length ? [list] : []), ...text];
}

function element(tag, words, more = {}) {
  return Object.assign(document.createElement(tag), { textContent: words }, more);
}
