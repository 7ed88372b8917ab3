// The sheets of drawn channels: fetched one layer at a time, when one is shown; their tiles, and the places of the
// gallery beside them.
// @ts-check

import { crop, layerOf, sight, tile, titled, written } from "./channels.js";
import { cut } from "./elements.js";

/** @typedef {import("./channels.js").Address} Address */
/** @typedef {import("./channels.js").Numbers & {url: string, untrained: string | null}} Sheet */

export class Sheets {
  #read = new Map();
  #credits = null;

  /**
   * @param {{networks: import("./channels.js").Network[], gallery: Record<string, [string, number, number]>, credits:
   * string}} about
   * @param {string} page the demo's own
   */
  constructor(about, page) {
    Object.assign(this, { about, page });
    this.networks = about.networks;
  }

  /** @param {{network: string, layer: string}} of */
  layer(of) {
    return layerOf(this.networks, of);
  }

  /**
   * The numbers of a layer's sheet; null where nobody has drawn it, or it cannot be reached now.
   * @returns {Promise<Sheet | null>}
   */
  async read(of) {
    const layer = this.layer(of);
    if (!layer?.json) return null;
    if (!this.#read.has(layer.json))
      this.#read.set(
        layer.json,
        fetched(layer.json).then((numbers) => ({ ...numbers, url: layer.sheet, untrained: layer.untrained })),
      );
    return this.#read.get(layer.json).catch(() => {
      this.#read.delete(layer.json);
      return null;
    });
  }

  /**
   * Who took which photograph.
   * @returns {Promise<Record<string, {caption: string, author: string, licence: string}>>}
   */
  credits() {
    return (this.#credits ??= fetched(this.about.credits).catch(() => ({})));
  }

  /** A channel's drawing. @param {Sheet} sheet */
  drawing(sheet, number, url = sheet.url) {
    return cut(url, tile(sheet, number), [
      sheet.columns * sheet.tile,
      Math.ceil(sheet.channels / sheet.columns) * sheet.tile,
    ]);
  }

  /**
   * A place of a picture of the gallery.
   * @param {string} picture its name
   * @param {[number, number]} at shares
   * @param {number} side in pixels of what the network saw
   */
  cutting(picture, at, side) {
    const [url, ...size] = this.about.gallery[picture] ?? ["", 1, 1];
    return cut(url, crop(at, side, size), size);
  }

  /** The places of the gallery that excite a channel most, as pictures alone. @param {Sheet} sheet */
  cuttings(sheet, number) {
    return (sheet.tops[number] ?? []).map(([picture, x, y]) =>
      this.cutting(sheet.pictures[picture], [x, y], sheet.window),
    );
  }

  /** Where a channel has its page. @param {Address} at */
  address(at, more = {}) {
    return `${this.page}?${new URLSearchParams({ channel: written(at), ...more })}`;
  }

  /** @param {Address} at @param {Sheet | null} sheet */
  title(at, sheet) {
    return titled(
      at,
      this.networks.find(({ name }) => name === at.network)?.title ?? at.network,
      sheet?.labels?.[at.channel],
    );
  }

  sight(of) {
    const layer = this.layer(of);
    return layer ? sight(layer) : "";
  }
}

async function fetched(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("The file could not be read.");
  return answer.json();
}
