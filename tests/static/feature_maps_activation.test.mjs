import assert from "node:assert/strict";
import { test } from "node:test";
import { at, chart, line, nice, sizeAt, times } from "../../app/demos/feature_maps/activation.js";

const rise = line("chosen", { curve: [0, 1, 4, 2, 6], grown: [[1, 56], [4, 67]], step: 5 });

test("a line ends at the step of what is told, one value a step", () => {
  assert.deepEqual(rise.points.map(({ step }) => step), [1, 2, 3, 4, 5]);
  assert.deepEqual(line("chosen", { curve: [3, 5], step: 9 }).points, [{ step: 8, value: 3 }, { step: 9, value: 5 }]);
  assert.deepEqual(line("chosen", { step: 0 }).points, []);
});

test("a larger activation is drawn higher, and all of it inside the frame", () => {
  const { frame, x, y, lines, best } = chart([rise], 600, 150, { best: 3, of: 10 });
  assert.ok(y(6) < y(4) && y(4) < y(2) && y(2) < y(0));
  assert.ok(best < y(2) && best > y(4));
  const places = lines[0].path.match(/[\d.]+ [\d.]+/g).map((pair) => pair.split(" ").map(Number));
  for (const [across, down] of places) assert.ok(across >= frame.left && across <= frame.right && down >= frame.top - 0.1 && down <= frame.bottom + 0.1);
  assert.equal(places.length, 5);
  assert.equal(x(10), frame.right);
});

test("falling below nothing is inside the frame, too", () => {
  const { frame, y } = chart([{ name: "chosen", points: [{ step: 1, value: -4 }, { step: 2, value: -1 }] }], 600, 150, { best: null });
  assert.ok(Math.abs(y(-4) - frame.bottom) < 40 && y(0) >= frame.top - 0.1 && y(-1) < y(-4));
});

test("the step under the pointer is the step that is drawn there, to the ends", () => {
  const { x, stepAt, frame } = chart([rise], 600, 150, { of: 40 });
  for (let step = 0; step <= 40; step += 1) assert.equal(stepAt(x(step)), step);
  assert.equal(stepAt(frame.left - 90), 0);
  assert.equal(stepAt(frame.right + 90), 40);
});

test("sizes are marked of one line, not of several", () => {
  assert.deepEqual(chart([rise], 600, 150).rungs.map(({ label }) => label), ["56", "67"]);
  assert.deepEqual(chart([rise, rise], 600, 150).rungs, []);
  assert.deepEqual([1, 3, 4, 9].map((step) => sizeAt(rise.grown, step)), [56, 56, 67, 67]);
});

test("nothing is drawn of a run that has told nothing", () => assert.equal(chart([], 600, 150), null));

test("ticks are round, in order, and as many as there is room for", () => {
  for (const [low, high] of [[0, 6.5], [-3, 12], [0, 0.004], [0, 98000], [-1, 0]]) {
    const ticks = nice(low, high, 4);
    assert.ok(ticks.length >= 2 && ticks.length <= 6, String(ticks));
    assert.ok(ticks[0] >= low - 1e-9 && ticks.at(-1) <= high + 1e-9);
    const step = ticks[1] - ticks[0];
    const digit = step / 10 ** Math.floor(Math.log10(step) + 1e-9);
    assert.ok([1, 2, 5].some((each) => Math.abs(digit - each) < 1e-6), String(step));
  }
});

test("how many times the best photograph is said only where it says something", () => {
  assert.equal(times(6.8, 2), "3.4\u00a0×");
  assert.equal(times(2600, 2), "1,300\u00a0×");
  assert.equal(times(-1, 2), "-0.5\u00a0×");
  for (const best of [null, undefined, 0, -2]) assert.equal(times(3, best), null);
});

test("the point at a step is the last one that was told", () => {
  const points = [{ step: 2 }, { step: 5 }, { step: 9 }];
  assert.deepEqual([0, 2, 4, 5, 8, 20].map((step) => at(points, step).step), [2, 2, 2, 5, 5, 9]);
});
