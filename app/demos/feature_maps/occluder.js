// The grey square over the photograph: dragged, or moved by the arrow keys, it says what covering that place takes
// away.
// @ts-check

import { svg } from "./elements.js";

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {{columns: number, rows: number, left: number, top: number, across: number, down: number, side_x: number,
 * side_y: number}} Grid of middles, in shares of the photograph
 */

/**
 * The place of the grid nearest to a point.
 * @param {Grid} grid
 * @param {[number, number]} at shares of the photograph
 * @returns {[number, number]} column and row
 */
export function nearest({ columns, rows, left, top, across, down }, [x, y]) {
  const limit = (value, count) => Math.max(0, Math.min(count - 1, Math.round(value)));
  return [limit((x - left) / across, columns), limit((y - top) / down, rows)];
}

/** “by 31 %”: how an activation changes that falls by a share of itself. */
export function change(fall) {
  const percent = Math.round(100 * Math.abs(fall));
  if (!percent) return "stays as it is";
  return fall > 0 ? `falls by ${percent} %` : `rises by ${percent} %`;
}

export class Occluder {
  #at;

  /**
   * @param {SVGSVGElement} overlay with the photograph’s pixels as its units
   * @param {Grid & {falls: Float32Array}} grid
   * @param {{width: number, height: number}} size of the photograph
   * @param {(fall: number) => void} tell
   */
  constructor(overlay, grid, { width, height }, tell) {
    Object.assign(this, { overlay, grid, width, height, tell });
    this.#at = strongest(grid);
    this.square = svg("rect", {
      class: "square",
      tabindex: 0,
      role: "slider",
      "aria-label": "Grey square: drag it, or move it with the arrow keys",
      "aria-valuemin": 0,
      "aria-valuemax": grid.columns * grid.rows - 1,
      width: grid.side_x * width,
      height: grid.side_y * height,
    });
    this.group = svg("g", { class: "covering" }, svg("rect", { class: "paper", width, height }), this.square);
    this.#listen();
  }

  /** Puts the square where it stood, or elsewhere, and tells what that takes away. */
  place([column, row] = this.#at) {
    const { square, grid, width, height } = this;
    this.#at = [column, row];
    const number = row * grid.columns + column;
    square.setAttribute("x", (grid.left + column * grid.across - grid.side_x / 2) * width);
    square.setAttribute("y", (grid.top + row * grid.down - grid.side_y / 2) * height);
    square.setAttribute("aria-valuenow", String(number));
    const words = `Column ${column + 1}, row ${row + 1}: the activation ${change(grid.falls[number])}`;
    square.setAttribute("aria-valuetext", words);
    this.tell(grid.falls[number]);
  }

  #listen() {
    const { group, square } = this;
    group.addEventListener("pointerdown", (event) => {
      if (event.button) return;
      event.preventDefault();
      group.setPointerCapture(event.pointerId);
      square.focus({ preventScroll: true });
      this.#follow(event);
    });
    group.addEventListener("pointermove", (event) => {
      if (group.hasPointerCapture(event.pointerId)) this.#follow(event);
    });
    square.addEventListener("keydown", (event) => {
      const step = ARROWS[event.key];
      if (!step) return;
      event.preventDefault();
      const [column, row] = [this.#at[0] + step[0], this.#at[1] + step[1]];
      const { columns, rows } = this.grid;
      if (column >= 0 && column < columns && row >= 0 && row < rows) this.place([column, row]);
    });
  }

  #follow({ clientX, clientY }) {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(this.overlay.getScreenCTM().inverse());
    const to = nearest(this.grid, [x / this.width, y / this.height]);
    if (to[0] !== this.#at[0] || to[1] !== this.#at[1]) this.place(to);
  }
}

/** Where covering takes most away. */
function strongest({ falls, columns }) {
  const most = falls.indexOf(Math.max(...falls));
  return [most % columns, Math.floor(most / columns)];
}
