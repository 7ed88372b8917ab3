import assert from "node:assert/strict";
import { test } from "node:test";
import { fine, holding, moved, WHOLE, zoomed } from "../../app/demos/feature_maps/zoom.js";

const near = (a, b) => assert.ok(Math.abs(a - b) < 1e-9, `${a} is not ${b}`);
const inside = ({ x, y, side }) => assert.ok(x >= -1e-9 && y >= -1e-9 && x + side <= 1 + 1e-9 && y + side <= 1 + 1e-9);

test("what is under the pointer stays there as long as the map has room", () => {
  const from = zoomed(WHOLE, 0.5, [0.5, 0.5]);
  const at = [0.4, 0.6];
  const to = zoomed(from, 0.5, at);
  near((at[0] - from.x) / from.side, (at[0] - to.x) / to.side);
  near((at[1] - from.y) / from.side, (at[1] - to.y) / to.side);
});

test("no zoom and no move leaves the map", () => {
  let shown = WHOLE;
  for (let i = 0; i < 200; i += 1) {
    const turn = i * 2.399;
    shown = i % 3 ? zoomed(shown, i % 2 ? 0.6 : 1.3, [Math.abs(Math.cos(turn)), Math.abs(Math.sin(turn))]) : moved(shown, Math.cos(turn), Math.sin(turn));
    inside(shown);
    assert.ok(shown.side >= 1 / 8 && shown.side <= 1);
  }
  assert.deepEqual(zoomed(zoomed(WHOLE, 0.3, [0.1, 0.9]), 99, [0.1, 0.9]), WHOLE);
});

test("a window moves to hold a cell, and no farther than that", () => {
  const shown = { x: 0.4, y: 0.4, side: 0.3 };
  assert.deepEqual(holding(shown, { x: 0.5, y: 0.5, side: 0.1 }), shown);
  const right = holding(shown, { x: 0.8, y: 0.5, side: 0.1 });
  near(right.x + right.side, 0.9);
  near(right.y, 0.4);
  near(holding(shown, { x: 0, y: 0, side: 0.1 }).x, 0);
});

test("the finer grid is shown from near, the coarse one of the whole", () => {
  assert.equal(fine(WHOLE), false);
  assert.equal(fine(zoomed(WHOLE, 0.4, [0.5, 0.5])), true);
});
