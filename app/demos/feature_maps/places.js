// Places of the gallery’s photographs as links, each to its photograph, read; whose it is, is said of it.
// @ts-check

import { html } from "./elements.js";

/**
 * @param {import("./sheets.js").Sheets} sheets
 * @param {string} picture its name
 * @param {[number, number]} at shares
 * @param {number} side in pixels of what the network saw
 * @param {import("./channels.js").Address} channel
 */
export function place(sheets, picture, at, side, channel) {
  const link = html(
    "a",
    { href: sheets.address(channel, { question: "photo", photo: picture }), "data-photo": picture },
    sheets.cutting(picture, at, side),
  );
  sheets.credits().then((all) => {
    const { caption, author, licence } = all[picture] ?? { caption: picture, author: "", licence: "" };
    link.title = `${caption}. ${author}, ${licence}`;
    link.setAttribute("aria-label", `${link.title}. Look at this photograph`);
  });
  return link;
}

/**
 * Those that excite a channel most.
 * @param {import("./sheets.js").Sheets} sheets
 * @param {import("./sheets.js").Sheet} sheet
 * @param {import("./channels.js").Address} at
 */
export const crops = (sheets, sheet, at) =>
  (sheet.tops[at.channel] ?? []).map(([picture, x, y]) =>
    place(sheets, sheet.pictures[picture], [x, y], sheet.window, at),
  );
