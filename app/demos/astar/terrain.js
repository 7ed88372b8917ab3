// A map of walls and weights, its code for addresses, and what moves it allows. As gridmap.py and app/algorithms/search have it.
// @ts-check

export const LARGEST = 1024;
/** The order in which neighbours are opened: four straight ways, then diagonal 4 + i between the ways i and i + 1. */
export const WAYS = [[1, 0], [0, 1], [-1, 0], [0, -1], [1, 1], [-1, 1], [-1, -1], [1, -1]];
const BESIDE = { never: 3, "no-corner-cutting": 2, "one-free": 1, always: 0 }; // cells beside a diagonal move that must be free

/** One goal or several as a list of them. @param {number[] | number[][]} goal @returns {number[][]} */
export const places = (goal) => /** @type {number[][]} */ (Array.isArray(goal[0]) ? goal : [goal]);

/** `cells` has what entering a cell costs, row by row; 0 is a wall. */
export class Terrain {
  /** @param {number} width @param {number} height @param {Uint8Array} [cells] */
  constructor(width, height, cells = new Uint8Array(width * height).fill(1)) {
    this.width = width;
    this.height = height;
    this.cells = cells;
  }

  /** @param {string} code */
  static decode(code) {
    const [, width, height, text] = /** @type {RegExpMatchArray} */ (code.match(/^(\d+)x(\d+):([\w-]*)$/));
    const terrain = new Terrain(Number(width), Number(height));
    const { cells } = terrain;
    const data = Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
    const narrow = cells.length > 2 && data.length === Math.ceil(cells.length / 8);
    for (let i = 0; i < cells.length; i++) cells[i] = narrow ? 1 - (data[i >> 3] >> 7 - (i & 7) & 1) : data[i >> 1] >> (i & 1 ? 0 : 4) & 15;
    return terrain;
  }

  /** From rows in MovingAI's letters, or digits for weights. @param {string[]} rows */
  static fromRows(rows) {
    const weight = (letter) => (".GS".includes(letter) ? 1 : Number(letter) || 0);
    return new Terrain(rows[0].length, rows.length, Uint8Array.from(rows.join(""), weight));
  }

  get code() {
    const { cells, uniform } = this;
    const narrow = uniform && cells.length > 2;
    const data = new Uint8Array(Math.ceil(cells.length / (narrow ? 8 : 2)));
    for (let i = 0; i < cells.length; i++) {
      if (narrow) data[i >> 3] |= Number(!cells[i]) << 7 - (i & 7);
      else data[i >> 1] |= cells[i] << (i & 1 ? 0 : 4);
    }
    let text = "";
    for (let at = 0; at < data.length; at += 4096) text += String.fromCharCode(...data.subarray(at, at + 4096));
    return `${this.width}x${this.height}:${btoa(text).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")}`;
  }

  get uniform() {
    return this.cells.every((weight) => weight <= 1);
  }

  get heaviest() {
    return this.cells.reduce((most, weight) => Math.max(most, weight), 1);
  }

  copy() {
    return new Terrain(this.width, this.height, this.cells.slice());
  }

  /** @param {number} x @param {number} y */
  has(x, y) {
    return x >= 0 && y >= 0 && x < this.width && y < this.height;
  }

  at([x, y]) {
    return y * this.width + x;
  }

  place(cell) {
    return [cell % this.width, Math.floor(cell / this.width)];
  }

  /** The weights with a border of walls around them, so that every cell has eight neighbours. */
  padded() {
    const stride = this.width + 2;
    const cells = new Uint8Array(stride * (this.height + 2));
    for (let y = 0; y < this.height; y++) cells.set(this.cells.subarray(y * this.width, (y + 1) * this.width), (y + 1) * stride + 1);
    return cells;
  }
}

/** For every cell with its border eight bits, bit w set if way w may be taken. @param {Uint8Array} cells @param {number} stride @param {string} diagonal */
export function legal(cells, stride, diagonal) {
  const moves = new Uint8Array(cells.length);
  const [step, beside] = [WAYS.map(([dx, dy]) => dy * stride + dx), BESIDE[diagonal]];
  for (let cell = stride; cell < cells.length - stride; cell++) {
    if (!cells[cell]) continue;
    for (let way = 0; way < 8; way++) {
      if (!cells[cell + step[way]]) continue;
      if (way < 4 || Number(cells[cell + step[way & 3]] > 0) + Number(cells[cell + step[(way + 1) & 3]] > 0) >= beside) moves[cell] |= 1 << way;
    }
  }
  return moves;
}
