// A map on a canvas: walls and weights, what a search has reached, paths, and what stands on cells. Knows no search.
// @ts-check

const SHADES = 12; // of expanded cells, from the first to the last
const LINES_FROM = 7, DIGITS_FROM = 13, F_FROM = 24; // pixels a cell

/**
 * What is drawn: `order` has the expanded cells, `state` is a replay's; `other` is a second path, `tints` are cells in a named
 * colour, `field` shades cells from 0 to 1, `box` has two corners.
 *
 * @typedef {{terrain: import("./terrain.js").Terrain, start: number[], goals: number[][], [more: string]: any}} View
 */

export class Board {
  #layer = document.createElement("canvas");
  #probe = /** @type {any} */ (Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true }));
  #known = new Map();
  zoom = 1;
  /** @type {((board: Board, pen: CanvasRenderingContext2D, view: View) => void) | null} what a replay writes into cells */
  inscribe = null;

  /** @param {HTMLCanvasElement} canvas @param {HTMLElement} palette elements with a colour by name */
  constructor(canvas, palette) {
    this.canvas = canvas;
    this.palette = palette;
  }

  /** Takes the room that there is. */
  fit({ width, height }) {
    const room = /** @type {HTMLElement} */ (this.canvas.parentElement);
    const side = Math.max(1, Math.min(room.offsetWidth / width, room.offsetHeight / height)) * this.zoom;
    const dense = Math.min(window.devicePixelRatio || 1, 4096 / (side * Math.max(width, height)));
    const [across, down] = [Math.floor(side * width), Math.floor(side * height)];
    const [w, h] = [Math.max(1, Math.round(across * dense)), Math.max(1, Math.round(down * dense))];
    if (this.canvas.width !== w || this.canvas.height !== h) Object.assign(this.canvas, { width: w, height: h });
    this.canvas.style.inlineSize = `${across}px`;
    this.canvas.style.blockSize = `${down}px`;
    this.dense = w / across;
    this.side = across / width;
  }

  /** The cell under a pointer, on the map or not. @param {{clientX: number, clientY: number}} event */
  under(event) {
    const { left, top } = this.canvas.getBoundingClientRect();
    return [Math.floor((event.clientX - left) / this.side), Math.floor((event.clientY - top) / this.side)];
  }

  /** Scrolls to a cell. */
  reveal([x, y]) {
    const room = /** @type {HTMLElement} */ (this.canvas.parentElement);
    room.scrollTo((x + 0.5) * this.side - room.clientWidth / 2, (y + 0.5) * this.side - room.clientHeight / 2);
  }

  /** @param {View} view */
  draw(view) {
    const { terrain } = view;
    this.fit(terrain);
    this.#fill(view);
    const pen = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const side = this.unit = this.side * this.dense;
    pen.setTransform(1, 0, 0, 1, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(this.#layer, 0, 0, this.canvas.width, this.canvas.height);
    pen.setTransform(side, 0, 0, this.canvas.height / terrain.height, 0, 0);
    if (this.side >= LINES_FROM) this.#lines(pen, terrain);
    if (this.side >= DIGITS_FROM) this.#digits(pen, view);
    if (view.state) this.inscribe?.(this, pen, view);
    if (view.other?.length) this.#line(pen, view.other, "other", true);
    if (view.path?.length) this.#line(pen, view.path, "path");
    this.#marks(pen, view);
  }

  colour(name) {
    return getComputedStyle(/** @type {Element} */ (this.palette.querySelector(`[data-ink="${name}"]`))).color;
  }

  /** Cells as pixels of a small picture. */
  #fill({ terrain, order, state, field, tints = [] }) {
    const { width, height, cells } = terrain;
    if (this.#layer.width !== width || this.#layer.height !== height) Object.assign(this.#layer, { width, height });
    const bases = ["wall", "floor"].map((name) => this.#rgb(name));
    const swamp = this.#rgb("swamp");
    for (let weight = 2; weight <= 9; weight++) bases[weight] = mixed(bases[1], swamp, 0.25 + weight / 12);
    const pixels = new Uint32Array(width * height);
    const packed = bases.map(pack);
    for (let cell = 0; cell < cells.length; cell++) pixels[cell] = packed[cells[cell]];
    const over = (cell, colour, share) => { pixels[cell] = pack(mixed(bases[cells[cell]], colour, share)); };
    const [early, late] = [this.#rgb("early"), this.#rgb("late")];
    field?.forEach((value, cell) => { if (cells[cell] && value >= 0) over(cell, mixed(early, late, Math.min(1, value)), 0.8); });
    const shade = (cell, i, count) => over(cell, mixed(early, late, Math.floor(i / count * SHADES) / SHADES), 0.72);
    order?.forEach((cell, i) => shade(cell, i, order.length));
    if (state) {
      let i = 0;
      const closed = state.closed;
      for (const cell of closed) shade(cell, i++, closed.length);
      for (const cell of state.opened) over(cell, this.#rgb("open"), 0.75);
      if (state.current) over(state.current.cell, this.#rgb("current"), 0.9);
    }
    for (const [cell, name] of tints) over(cell, this.#rgb(name), 0.85);
    const picture = new ImageData(new Uint8ClampedArray(pixels.buffer), width, height);
    /** @type {CanvasRenderingContext2D} */ (this.#layer.getContext("2d")).putImageData(picture, 0, 0);
  }

  #rgb(name) {
    const colour = this.colour(name);
    if (!this.#known.has(colour)) {
      this.#probe.clearRect(0, 0, 1, 1);
      this.#probe.fillStyle = colour;
      this.#probe.fillRect(0, 0, 1, 1);
      this.#known.set(colour, [...this.#probe.getImageData(0, 0, 1, 1).data].slice(0, 3));
    }
    return this.#known.get(colour);
  }

  #lines(pen, { width, height }) {
    pen.beginPath();
    for (let x = 1; x < width; x++) pen.moveTo(x, 0), pen.lineTo(x, height);
    for (let y = 1; y < height; y++) pen.moveTo(0, y), pen.lineTo(width, y);
    this.stroke(pen, "rule", 1 / this.side);
  }

  stroke(pen, name, width) {
    Object.assign(pen, { strokeStyle: this.colour(name), lineWidth: width, lineJoin: "round", lineCap: "round" });
    pen.stroke();
  }

  text(pen, words, x, y, size, name = "ink", align = "center") {
    Object.assign(pen, { fillStyle: this.colour(name), textAlign: align, textBaseline: "middle", font: `600 ${size * this.unit}px "Press Sans", sans-serif` });
    pen.save();
    pen.setTransform(1, 0, 0, 1, 0, 0); // letters smaller than a pixel are not drawn well, however much they are enlarged
    pen.fillText(words, x * this.unit, y * this.unit);
    pen.restore();
  }

  #digits(pen, { terrain, state }) {
    if (state && this.side >= F_FROM) return;
    terrain.cells.forEach((weight, cell) => {
      const [x, y] = terrain.place(cell);
      if (weight > 1) this.text(pen, String(weight), x + 0.5, y + 0.55, 0.55);
    });
  }

  #line(pen, path, name, dashed = false) {
    pen.beginPath();
    path.forEach(([x, y], i) => pen[i ? "lineTo" : "moveTo"](x + 0.5, y + 0.5));
    const wide = Math.max(0.2, 2.5 / this.side);
    pen.setLineDash(dashed ? [wide * 2, wide * 2] : []);
    this.stroke(pen, "halo", wide * 1.9);
    this.stroke(pen, name, wide);
    pen.setLineDash([]);
  }

  #marks(pen, { terrain, start, goals, cursor, landmarks = [], breaks = new Set(), box }) {
    const size = Math.max(1, 11 / this.side); // never too small to be seen
    const spot = ([x, y], shape, name) => {
      pen.beginPath();
      shape(x + 0.5, y + 0.5, size / 2);
      pen.fillStyle = this.colour(name);
      this.stroke(pen, "halo", 0.18 * size);
      pen.fill();
    };
    const diamond = (x, y, r) => { for (const [dx, dy] of [[0, -r], [r, 0], [0, r], [-r, 0]]) pen.lineTo(x + dx, y + dy); pen.closePath(); };
    for (const place of landmarks) spot(place, (x, y, r) => pen.rect(x - r * 0.7, y - r * 0.7, r * 1.4, r * 1.4), "landmark");
    for (const cell of breaks) spot(terrain.place(cell), diamond, "break");
    spot(start, (x, y, r) => pen.arc(x, y, r * 0.8, 0, 7), "start");
    for (const goal of goals) spot(goal, (x, y, r) => { pen.moveTo(x - r * 0.6, y + r); pen.lineTo(x - r * 0.6, y - r); pen.lineTo(x + r, y - r * 0.45); pen.lineTo(x - r * 0.3, y + r * 0.1); pen.lineTo(x - r * 0.3, y + r); pen.closePath(); }, "goal");
    if (box) this.#frame(pen, box, "current");
    if (cursor) this.#frame(pen, [cursor, cursor], "path");
  }

  #frame(pen, [[ax, ay], [bx, by]], name) {
    pen.beginPath();
    pen.rect(Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx) + 1, Math.abs(ay - by) + 1);
    this.stroke(pen, "halo", 5 / this.side);
    this.stroke(pen, name, 2.5 / this.side);
  }
}

/** A length with one decimal where it has any. */
export const brief = (length) => (Number.isInteger(length) ? String(length) : length.toFixed(1));

const mixed = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share);
const pack = ([red, green, blue]) => (255 << 24 | blue << 16 | green << 8 | red) >>> 0;
