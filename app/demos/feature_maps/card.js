// The channel's card: its drawing, its numbers, the nine places of the gallery that excite it most, and the way to its
// neighbours.
// @ts-check

import { beside, written } from "./channels.js";

/** @typedef {import("./channels.js").Address} Address */

export class Card {
  #shown; // the address whose card is shown, or on its way
  /** @type {Address} */
  #own;

  /**
   * @param {any} bench
   * @param {import("./sheets.js").Sheets} sheets
   * @param {Address} own the bench's, which the server has drawn
   * @param {{choose: (at: Address) => void, read: (at: Address, photo: string) => void}} tell
   */
  constructor(bench, sheets, own, tell) {
    Object.assign(this, { bench, sheets, tell });
    this.#own = own;
    this.#shown = written(own);
    const root = bench.find("card");
    root.addEventListener("click", (event) => this.#clicked(event));
    for (const type of ["pointerover", "focusin"])
      root.addEventListener(type, ({ target }) => this.#credit(target.closest("[data-photo]")));
    for (const type of ["pointerout", "focusout"]) root.addEventListener(type, () => this.#credit(null));
  }

  /** The channel that the bench is about. @param {Address} at */
  show(at) {
    this.#own = at;
    this.#draw(at, true);
  }

  /** Another channel for as long as it is pointed at; null gives the bench's own again. @param {Address | null} at */
  point(at) {
    this.#draw(at ?? this.#own);
  }

  async #draw(at, own = false) {
    const name = written(at);
    if (this.#shown === name && !own) return;
    this.#shown = name;
    const { bench, sheets } = this;
    const [sheet, { rows }, { crops }] = await Promise.all([
      sheets.read(at),
      import("./measures.js"),
      import("./places.js"),
    ]);
    if (this.#shown !== name) return;
    for (const part of ["title", "drawn"]) bench.find(part).href = sheets.address(at);
    bench.find("title").textContent = sheets.title(at, sheet);
    bench.find("sees").textContent = sheets.sight(at);
    bench.find("drawn").replaceChildren(...(sheet ? [sheets.drawing(sheet, at.channel)] : []));
    bench.find("crops").replaceChildren(...(sheet ? crops(sheets, sheet, at) : []));
    this.words = sheet
      ? sheet.dead.includes(at.channel)
        ? "Nothing in the gallery excites it."
        : "Of the gallery, these places excite it most."
      : "Nobody has drawn this layer’s channels yet.";
    this.#credit(null);
    this.#near(at);
    if (own) bench.find("ahead").replaceChildren(...(sheet ? [sheets.drawing(sheet, at.channel)] : []));
    bench.find("facts").replaceChildren(...(sheet ? rows(sheet, at, sheets) : []));
  }

  #near(at) {
    for (const [way, there] of Object.entries(beside(this.sheets.networks, at))) {
      const link = this.bench.find(`way="${way}"`);
      link.toggleAttribute("href", Boolean(there));
      if (there) link.href = this.sheets.address(there);
      link.setAttribute("aria-label", there ? `${link.title}: ${this.sheets.title(there, null)}` : link.title);
    }
  }

  /** Whose photograph it is that is pointed at. */
  #credit(link) {
    const line = this.bench.find("credit");
    this.words ??= line.textContent;
    line.textContent = link ? link.title : this.words;
  }

  #clicked(event) {
    const link = event.target.closest("a");
    if (!link?.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const at = this.#shown === written(this.#own) ? this.#own : null;
    const { photo, way } = link.dataset;
    if (!at || !(photo || way)) return;
    event.preventDefault();
    if (photo) this.tell.read(at, photo);
    else this.tell.choose(beside(this.sheets.networks, at)[way]);
  }
}
