// All channels: layers from the picture upwards, and of one layer the sheet of its channels. A click draws one, live.
// @ts-check

import { summary, twins } from "./channels.js";
import { html } from "./elements.js";
import { against } from "./frames.js";
import { figure } from "/static/js/words.js";

/** @typedef {import("./channels.js").Address} Address */

const STEPS = { ArrowLeft: -1, ArrowRight: 1 };

export class Browser {
  /** @type {{network: string, layer: string} | null} what is shown */
  layer = null;
  /** @type {import("./sheets.js").Sheet | null} */
  sheet = null;
  /** @type {Address} */
  #current;
  #drawn = ""; // the layer whose tiles are there

  /**
   * @param {any} bench @param {import("./sheets.js").Sheets} sheets @param {Address} current
   * @param {{draw: (at: Address) => void, point: (at: Address | null) => void, turned: () => void}} tell
   */
  constructor(bench, sheets, current, tell) {
    Object.assign(this, { bench, sheets, tell });
    [this.root, this.tiles, this.words] = ["browser", "sheet", "pointed"].map((part) => bench.find(part));
    this.#current = current;
    if (this.tiles.childElementCount) this.#drawn = named(current);
    this.#listen();
    this.#turn(current);
  }

  /** The channel that the bench is about; its layer is turned to. @param {Address} at */
  show(at) {
    this.#current = at;
    if (!this.layer || named(at) !== named(this.layer)) this.#turn(at);
    else this.#mark();
  }

  /** The tile of a channel of the layer that is shown. */
  tile(number) {
    return this.tiles.querySelector(`[data-channel="${number}"]`);
  }

  async #turn({ network, layer }) {
    const of = (this.layer = { network, layer });
    for (const link of this.root.querySelectorAll("[data-layer]")) {
      const here = link.dataset.layer === layer && link.closest("[data-network]").dataset.network === network;
      if (here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      if (here) this.#reveal(link.closest("ol"), link, "scrollLeft", "offsetLeft", "offsetWidth", "clientWidth");
    }
    const sheet = await this.sheets.read(of);
    if (this.layer !== of) return;
    this.sheet = sheet;
    this.bench.find("about-layer").textContent = summary(this.sheets.layer(of), sheet);
    this.words.textContent = sheet ? "" : "Nobody has drawn the channels of this layer yet.";
    this.tiles.setAttribute(
      "aria-label",
      `Channels of ${layer}: the arrow keys go from one to the next, Enter draws it`,
    );
    this.tiles.classList.toggle("labelled", Boolean(sheet?.labels?.length));
    if (named(of) !== this.#drawn)
      this.tiles.replaceChildren(
        ...(sheet ? Array.from({ length: sheet.channels }, (_, channel) => this.#tile(sheet, { ...of, channel })) : []),
      );
    else for (const tile of this.tiles.children) tile.tabIndex = -1;
    this.#drawn = named(of);
    this.#mark();
    this.tell.turned();
  }

  #tile(sheet, at) {
    const label = sheet.labels?.[at.channel];
    const dead = sheet.dead.includes(at.channel);
    const words = `${at.channel}${label ? ` ${label}` : ""}${dead ? ", dead" : ""}`;
    const link = html(
      "a",
      {
        href: this.sheets.address(at),
        class: dead && "dead",
        "aria-label": words,
        "data-channel": at.channel,
        tabindex: -1,
      },
      this.sheets.drawing(sheet, at.channel),
    );
    if (label) link.append(html("span", { "aria-hidden": "true" }, label));
    return link;
  }

  /** The bench's channel stands out, and is where the keys begin. */
  #mark() {
    const chosen = this.layer && named(this.#current) === named(this.layer) ? this.tile(this.#current.channel) : null;
    this.tiles.querySelector("[aria-current]")?.removeAttribute("aria-current");
    chosen?.setAttribute("aria-current", "true");
    if (!this.tiles.contains(document.activeElement)) this.#rove(chosen ?? this.tiles.firstElementChild);
    if (chosen) this.#reveal(this.tiles, chosen, "scrollTop", "offsetTop", "offsetHeight", "clientHeight");
  }

  #rove(tile) {
    for (const other of this.tiles.querySelectorAll("[tabindex='0']")) other.tabIndex = -1;
    if (tile) tile.tabIndex = 0;
  }

  /** Scrolls a box, and nothing around it, until it shows a part of it. */
  #reveal(box, part, scroll, offset, length, room) {
    const at = part[offset] - box[offset];
    if (at < box[scroll] || at + part[length] > box[scroll] + box[room])
      box[scroll] = at - (box[room] - part[length]) / 2;
  }

  #listen() {
    this.root.addEventListener("click", (event) => {
      const link = event.target.closest("[data-layer], [data-channel]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return; // a link opens elsewhere as any other
      event.preventDefault();
      const { layer, channel } = link.dataset;
      if (layer) this.#turn({ network: link.closest("[data-network]").dataset.network, layer });
      else if (this.layer) this.tell.draw({ ...this.layer, channel: Number(channel) });
    });
    for (const type of ["pointerover", "focusin"])
      this.tiles.addEventListener(type, ({ target }) => this.#point(target.closest("[data-channel]")));
    for (const type of ["pointerleave", "focusout"]) this.tiles.addEventListener(type, () => this.#point(null));
    this.tiles.addEventListener("keydown", (event) => this.#key(event));
  }

  #point(tile) {
    const at = tile && this.layer && this.sheet ? { ...this.layer, channel: Number(tile.dataset.channel) } : null;
    this.words.textContent = at && this.sheet ? told(this.sheet, at.channel) : "";
    this.tell.point(at);
  }

  #key(event) {
    const tile = event.target.closest("[data-channel]");
    const columns = getComputedStyle(this.tiles).gridTemplateColumns.split(" ").length;
    const step = { ...STEPS, ArrowUp: -columns, ArrowDown: columns }[event.key];
    const all = [...this.tiles.children];
    const to = event.key === "Home" ? 0 : event.key === "End" ? all.length - 1 : all.indexOf(tile) + (step ?? NaN);
    if (!tile || !all[to]) return;
    event.preventDefault();
    this.#rove(all[to]);
    all[to].focus();
  }
}

const named = ({ network, layer }) => `${network}/${layer}`;

/** “37: 8.2, 3.4 × the best photograph. Nearly the same as 81.” @param {import("./sheets.js").Sheet} sheet */
function told(sheet, channel) {
  const label = sheet.labels?.[channel];
  const alike = twins(sheet, channel)
    .slice(0, 3)
    .map(([other]) => other);
  const [own, best] = [sheet.activation[channel], sheet.best[channel]];
  if (sheet.dead.includes(channel)) return `${channel}: nothing in the gallery excites it; drawn at ${figure(own)}.`;
  const name = label ? `${channel}, ${label}` : `${channel}`;
  const more = alike.length ? ` Nearly the same as ${alike.join(", ")}.` : "";
  return `${name}: drawn at ${figure(own)}, ${against(own, best)}.${more}`;
}
