import assert from "node:assert/strict";
import { test } from "node:test";

import { CORNERS, dragged, LEAST, spanned, WHOLE } from "../../app/demos/detection/drag.js";

const SIZE = { width: 100, height: 80 };
const BOX = [20, 20, 50, 60];

test("a box is moved as a whole, and stops at the picture's edges without being squeezed", () => {
  assert.deepEqual(dragged(BOX, WHOLE, 5, -5, SIZE), [25, 15, 55, 55]);
  assert.deepEqual(dragged(BOX, WHOLE, 500, 500, SIZE), [70, 40, 100, 80]);
  assert.deepEqual(dragged(BOX, WHOLE, -500, -500, SIZE), [0, 0, 30, 40]);
});

test("a corner takes its two sides along, and never past the opposite ones", () => {
  const [nw, ne, se, sw] = CORNERS;
  assert.deepEqual(dragged(BOX, nw, -5, 5, SIZE), [15, 25, 50, 60]);
  assert.deepEqual(dragged(BOX, ne, -5, 5, SIZE), [20, 25, 45, 60]);
  assert.deepEqual(dragged(BOX, se, 500, 500, SIZE), [20, 20, 100, 80]);
  assert.deepEqual(dragged(BOX, sw, 500, -500, SIZE), [50 - LEAST, 20, 50, 20 + LEAST]);
});

test("whatever is done, a box stays in the picture and right side out", () => {
  let box = BOX;
  for (let i = 0; i < 500; i += 1) {
    box = dragged(box, [WHOLE, ...CORNERS][i % 5], Math.sin(i * 7) * 60, Math.cos(i * 11) * 60, SIZE);
    const [x0, y0, x1, y1] = box;
    assert.ok(x0 >= 0 && y0 >= 0 && x1 <= 100 && y1 <= 80 && x1 - x0 >= LEAST - 1e-9 && y1 - y0 >= LEAST - 1e-9, String(box));
  }
});

test("two points span the same box in either order", () => {
  assert.deepEqual(spanned([10, 50], [40, 20], SIZE), [10, 20, 40, 50]);
  assert.deepEqual(spanned([40, 20], [10, 50], SIZE), spanned([10, 50], [40, 20], SIZE));
  assert.deepEqual(spanned([-9, 0], [400, 400], SIZE), [0, 0, 100, 80]);
});
