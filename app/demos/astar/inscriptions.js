// What a replay writes into cells: an arrow to where each was reached from, and f, g and h where there is room.
// @ts-check

import { brief } from "./board.js";

const ARROWS_FROM = 14, F_FROM = 24, NUMBERS_FROM = 40; // pixels a cell

/** @param {import("./board.js").Board} board @param {CanvasRenderingContext2D} pen @param {import("./board.js").View} view */
export function inscribe(board, pen, view) {
  if (board.side >= ARROWS_FROM) arrows(board, pen, view);
  if (board.side >= F_FROM) numbers(board, pen, view);
}

function arrows(board, pen, { terrain, state }) {
  pen.beginPath();
  for (const [cell, { parent }] of state.all) {
    if (parent < 0) continue;
    const [[x, y], [px, py]] = [terrain.place(cell), terrain.place(parent)];
    const long = Math.hypot(px - x, py - y);
    const [dx, dy] = [(px - x) / long, (py - y) / long];
    const [tx, ty] = [x + 0.5 + dx * 0.5, y + 0.5 + dy * 0.5];
    pen.moveTo(x + 0.5 + dx * 0.36, y + 0.5 + dy * 0.36);
    pen.lineTo(tx, ty);
    pen.moveTo(tx - dx * 0.1 - dy * 0.08, ty - dy * 0.1 + dx * 0.08);
    pen.lineTo(tx, ty);
    pen.lineTo(tx - dx * 0.1 + dy * 0.08, ty - dy * 0.1 - dx * 0.08);
  }
  board.stroke(pen, "ink", 1.2 / board.side);
}

function numbers(board, pen, { terrain, state }) {
  for (const [cell, { f, g, h }] of state.all) {
    const [x, y] = terrain.place(cell);
    board.text(pen, brief(f), x + 0.5, y + 0.52, 0.31);
    if (board.side < NUMBERS_FROM) continue;
    board.text(pen, brief(g), x + 0.06, y + 0.84, 0.22, "ink", "left");
    board.text(pen, brief(h), x + 0.94, y + 0.84, 0.22, "ink", "right");
  }
}
