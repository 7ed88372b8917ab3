import assert from "node:assert/strict";
import { test } from "node:test";

import { AREAS, Painting } from "../../app/static/js/strokes.js";

const SIDE = 8;

/** A context that knows rectangles, and dots of a stroke, on a grid of 8 × 8. */
function grid() {
  const cells = Array.from({ length: SIDE }, () => Array(SIDE).fill(false));
  const set = (x, y, on) => { if (cells[y]?.[x] !== undefined) cells[y][x] = on; };
  const context = {
    clearRect: () => cells.forEach((row) => row.fill(false)),
    fillRect: (left, top, width, height) => {
      for (let y = top; y < top + height; y += 1) for (let x = left; x < left + width; x += 1) set(x, y, context.globalCompositeOperation === "source-over");
    },
    beginPath: () => { context.path = []; },
    moveTo: (x, y) => context.path.push([x, y]),
    lineTo: (x, y) => context.path.push([x, y]),
    stroke: () => context.path.forEach(([x, y]) => set(Math.floor(x), Math.floor(y), context.globalCompositeOperation === "source-over")),
    drawImage: () => cells.forEach((row) => row.fill(true)),
  };
  return { context, count: () => cells.flat().filter(Boolean).length };
}

function drawn(painting) {
  const { context, count } = grid();
  painting.draw(context, SIDE, SIDE);
  return count();
}

function painted(...marks) {
  const painting = new Painting();
  for (const mark of marks) painting.add(mark);
  return painting;
}

const dot = (x, y, erase = false) => ({ points: [[x, y]], size: 0.1, erase });

test("ready areas lie in the picture, and two halves make the whole", () => {
  for (const [, left, top, width, height] of Object.values(AREAS)) assert.ok(left >= 0 && top >= 0 && left + width <= 1 && top + height <= 1);
  for (const [one, other] of [["left", "right"], ["upper", "lower"]]) {
    assert.equal(drawn(painted({ area: one })), SIDE * SIDE / 2);
    assert.equal(drawn(painted({ area: one }, { area: other })), SIDE * SIDE);
  }
});

test("an eraser takes away what is under it, and nothing else", () => {
  assert.equal(drawn(painted({ area: "left" }, dot(0.1, 0.1, true), dot(0.9, 0.9, true))), SIDE * SIDE / 2 - 1);
});

test("undo takes back the last mark, whichever it was, down to nothing", () => {
  const painting = painted({ area: "left" }, dot(0.9, 0.9), { picture: {} });
  painting.clear();
  const sizes = [];
  for (let i = 0; i < 6; i += 1) {
    sizes.push(drawn(painting));
    painting.undo();
  }
  assert.deepEqual(sizes, [0, 64, 33, 32, 0, 0]);
});

test("cleared is empty, and so is what was only rubbed out", () => {
  const painting = painted(dot(0.5, 0.5));
  assert.equal(painting.empty, false);
  painting.clear();
  painting.clear();
  assert.deepEqual([painting.empty, painting.marks.length], [true, 2]);
  painting.add(dot(0.5, 0.5, true));
  assert.equal(painting.empty, true);
});
