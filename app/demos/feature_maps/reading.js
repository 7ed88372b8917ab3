// What a photograph excites: the strongest channels of every layer, the classes that are seen in it, and what covering
// it takes away.
// @ts-check

import { cut, html, svg } from "./elements.js";
import { entries } from "./entries.js";
import { change, Occluder } from "./occluder.js";
import { figure } from "/static/js/words.js";

const COVER = "cover"; // the key of the square over the bare photograph

export class Reading {
  #entries = new Map();
  #pinned = ""; // the key of the entry that stays
  #shown = ""; // of the one that is laid over the photograph now
  #data = null;
  #covering = null; // the square, made when it is first asked for
  #turn = 0;

  /**
   * @param {HTMLElement} root
   * @param {ReturnType<typeof import("./frames.js").frames>} frames
   * @param {import("./panel.js").View} view
   */
  constructor(root, frames, view) {
    Object.assign(this, { root, frames, view, before: [...root.childNodes] });
    const over = ({ target }) => target.closest("[data-entry]")?.dataset.entry;
    for (const type of ["pointerover", "focusin"])
      root.addEventListener(type, (event) => over(event) && this.#show(over(event)));
    for (const type of ["pointerout", "focusout"])
      root.addEventListener(type, (event) => over(event) && this.#show(this.#pinned));
    root.addEventListener("click", (event) => {
      if (over(event)) this.#pin(over(event));
      if (event.target.closest("[data-draw]"))
        view.draw(this.#entries.get(this.#pinned === COVER ? "asked" : this.#pinned).channel, { question: "draw" });
      if (event.target.closest("[data-cover]")) this.#pin(this.#pinned === COVER ? "asked" : COVER);
    });
  }

  /** Takes in a run’s numbers, and the maps that they come with. */
  async take(data, files) {
    const turn = (this.#turn += 1);
    const read = await Promise.all(["maps", "cams", "occlusion"].map((name) => fetched(files[name]))).catch(() => null);
    if (turn !== this.#turn || !read) return;
    const [maps, cams] = read.slice(0, 2).map((buffer) => new Uint8Array(buffer));
    this.#data = data;
    this.#entries = new Map(
      [...entries(data, maps, cams, new Float32Array(read[2]))].map((entry) => [entry.key, entry]),
    );
    this.#covering = null;
    this.grid = data.occlusion && { ...data.occlusion, falls: new Float32Array(read[2]) };
    this.#shown = "";
    this.#draw();
  }

  forget() {
    this.#turn += 1;
    this.#data = null;
    this.#entries.clear();
    this.#shown = "";
    this.root.replaceChildren(...this.before);
  }

  #draw() {
    const data = this.#data;
    const rows = Object.entries(data.strongest)
      .reverse()
      .map(([layer, listed]) => this.#row(layer, listed));
    const classes = data.classes?.length
      ? [
          named(
            "Classes",
            "seen by the detector",
            ...data.classes.map(({ label, score }) =>
              button(`class ${label}`, html("span", {}, `${label} ${score.toFixed(2)}`)),
            ),
          ),
        ]
      : [];
    const covering = this.grid
      ? [
          named(
            "Covering",
            `of channel ${data.channel}`,
            button("falls", html("span", {}, "All squares")),
            html("button", { type: "button", "aria-pressed": "false", "data-cover": true }, "Drag a square"),
          ),
        ]
      : [];
    this.root.replaceChildren(
      html("div", { class: "detail", "data-detail": true }),
      html(
        "div",
        { class: "rows", role: "group", "aria-label": "The strongest of every layer" },
        ...classes,
        ...covering,
        ...rows,
      ),
    );
    this.#pin("asked");
    this.#watch();
  }

  #row(layer, listed) {
    const against = this.#data.compared === "gallery" ? "usual" : "the layer";
    return Object.assign(
      named(
        layer,
        "",
        ...listed.map(({ channel, ratio }) =>
          button(
            `${layer} ${channel}`,
            html("span", {}, `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)} ×`),
            `Channel ${channel} of ${layer}: ${figure(ratio)} times ${against}`,
          ),
        ),
      ),
      { layer },
    );
  }

  /** The drawings of a row are fetched when it comes into sight. */
  #watch() {
    const { network } = this.#data;
    const observer = new IntersectionObserver(
      (seen) => {
        for (const { target, isIntersecting } of seen) {
          if (!isIntersecting) continue;
          observer.unobserve(target);
          const layer = /** @type {any} */ (target).layer;
          this.view.sheets.read({ network, layer }).then((sheet) => {
            for (const one of sheet ? target.querySelectorAll("[data-entry]") : [])
              one.prepend(this.view.sheets.drawing(sheet, Number(one.dataset.entry.split(" ")[1])));
          });
        }
      },
      { root: this.root.querySelector(".rows"), rootMargin: "80px" },
    );
    for (const row of this.root.querySelectorAll(".row")) if (/** @type {any} */ (row).layer) observer.observe(row);
  }

  /** Lays an entry over the photograph: on the stage, and small beside its patches. */
  #show(key) {
    const entry = this.#entries.get(key === COVER ? "asked" : key);
    const { overlay, view } = this.frames;
    if (!entry || key === this.#shown) return; // what is drawn anew under a pointer hears no click
    this.#shown = key;
    const { width, height } = this.#data;
    view.toggleAttribute("data-live", true);
    overlay.setAttribute("viewBox", `0 0 ${width} ${height}`);
    overlay.setAttribute("role", key === COVER ? "group" : "img");
    overlay.setAttribute("aria-label", key === COVER ? "A grey square over the photograph" : entry.words);
    this.#detail(entry, key === COVER);
    if (key !== COVER) return overlay.replaceChildren(this.#laid(entry));
    const { layer, channel } = this.#data;
    const tell = (fall) => {
      this.root.querySelector("[data-detail] p").textContent =
        `Covered here, channel ${channel} of ${layer} ${change(fall)}.`;
    };
    this.#covering ??= new Occluder(overlay, this.grid, this.#data, tell);
    this.#covering.place();
    overlay.replaceChildren(this.#covering.group);
  }

  #laid(entry) {
    const { width, height } = this.#data;
    return svg("image", { href: entry.veil(), width, height, preserveAspectRatio: "none" });
  }

  /** The photograph small, with what is laid over it, and the patches that excite a channel most. */
  #detail(entry, bare) {
    const { width, height } = this.#data;
    const photo = this.view.bench.frame("photo").querySelector("img:last-child")?.src ?? "";
    const piece = ([x0, y0, x1, y1]) =>
      cut(photo, [x0 * width, y0 * height, (x1 - x0) * width, (y1 - y0) * height], [width, height]);
    const small = piece([0, 0, 1, 1]);
    if (!bare) small.append(this.#laid(entry));
    const draw = entry.channel ? [html("button", { type: "button", "data-draw": true }, "Draw this channel")] : [];
    this.root
      .querySelector("[data-detail]")
      .replaceChildren(
        small,
        html(
          "div",
          {},
          html("p", { role: "status" }, entry.words),
          html("div", { class: "patches" }, ...entry.places.map(piece)),
          ...draw,
        ),
      );
  }

  #pin(key) {
    this.#pinned = key;
    for (const one of this.root.querySelectorAll("[data-entry]"))
      one.setAttribute("aria-pressed", String(one.dataset.entry === key));
    this.root.querySelector("[data-cover]")?.setAttribute("aria-pressed", String(key === COVER));
    this.#show(key);
    if (key === COVER) this.#covering.square.focus({ preventScroll: true });
  }
}

const named = (name, more, ...children) =>
  html(
    "div",
    { class: "row", role: "group", "aria-label": name },
    html("span", { class: "name" }, html("strong", {}, name), ...(more ? [` ${more}`] : [])),
    html("div", {}, ...children),
  );

const button = (key, words, label = null) =>
  html(
    "button",
    { type: "button", class: "bare", "aria-pressed": "false", "aria-label": label, "data-entry": key },
    words,
  );

async function fetched(url) {
  if (!url) return new ArrayBuffer(0);
  const answer = await fetch(url);
  if (!answer.ok) throw new Error("The file could not be read.");
  return answer.arrayBuffer();
}
