import assert from "node:assert/strict";
import { test } from "node:test";

import { at, chart, spaced, spread } from "../../app/demos/style_transfer/losses.js";

const point = (step, style, content, size = 128) => ({ step, of: 100, size, losses: { style, content } });
const RUN = [point(0, 1, 0.01), point(50, 0.1, 0.1, 256), point(100, 0.01, 0.1, 256)];
const BOTH = { names: ["style", "content"] };

const places = (path) => path.slice(1).split("L").map((pair) => pair.split(" ").map(Number));
const line = (made, name) => places(made.lines.find((other) => other.name === name).path);

test("steps go right, and each tenth of a loss goes down as far as the one before", () => {
  const made = chart(RUN, 400, 130, BOTH);
  const style = line(made, "style");
  assert.deepEqual(style.map(([x]) => x), [made.frame.left, (made.frame.left + made.frame.right) / 2, made.frame.right]);
  const [top, middle, bottom] = style.map(([, y]) => y);
  assert.deepEqual([top, bottom], [made.frame.top, made.frame.bottom]);
  assert.ok(Math.abs(middle - (top + bottom) / 2) < 0.11);
});

test("the first report, still the photograph, does not flatten the others", () => {
  const made = chart([point(0, 1, 1e-9), point(30, 0.5, 0.2), point(60, 0.2, 0.3), point(100, 0.05, 0.3)], 400, 130, BOTH);
  assert.equal(line(made, "content")[0][1], made.frame.bottom);
  const style = line(made, "style").map(([, y]) => y);
  assert.deepEqual([style[1], style[3]], [made.frame.top, made.frame.bottom]);
});

test("every change of size is marked where it happened", () => {
  const { rungs, frame } = chart(RUN, 400, 130);
  assert.deepEqual(rungs.map(({ label }) => label), ["128 px", "256 px"]);
  assert.equal(rungs[1].x, (frame.left + frame.right) / 2);
});

test("the losses that are asked for are drawn, and no others", () => {
  assert.deepEqual(chart(RUN, 400, 130, { names: ["content"] }).lines.map(({ name }) => name), ["content"]);
  assert.deepEqual(chart(RUN, 400, 130, { names: [] }).lines, []);
});

test("one pass is a dot at step 0 within the axis, not the beginning of a line", () => {
  const losses = { style: 3, content: 0.4 };
  const made = chart([{ step: 0, of: 100, size: 256, losses, once: { seconds: 0.3, losses } }, ...RUN.slice(1)], 400, 130, BOTH);
  assert.equal(line(made, "style").length, 2);
  const { left, top, bottom } = made.frame;
  const y = bottom - (Math.log(0.4 / 0.01) / Math.log(3 / 0.01)) * (bottom - top); // the axis goes from 0.01 to 3
  assert.deepEqual(made.dots.map((dot) => [dot.name, dot.x, dot.y.toFixed(3)]), [["style", left, top.toFixed(3)], ["content", left, y.toFixed(3)]]);
});

test("the run before is drawn on the same axes", () => {
  const made = chart(RUN, 400, 130, { ...BOTH, before: [point(0, 10, 0.1), point(200, 1, 0.1)].map((p) => ({ ...p, of: 200 })) });
  assert.equal(made.frame.of, 200);
  const [own, other] = [line(made, "style"), places(made.before[0].path)];
  assert.ok(other[0][1] < own[0][1] && own[2][0] < other[1][0]);
  assert.equal(other[1][1], own[0][1]);
});

test("what was changed while it ran is marked at its step", () => {
  const { marks, x } = chart(RUN, 400, 130, { steered: [{ step: 50, words: "Strength 0.8" }] });
  assert.deepEqual(marks, [{ x: x(50), words: "Strength 0.8" }]);
});

test("an axis has at least two figures, and each lies where its loss is drawn", () => {
  for (const high of [1.6, 3, 40, 9e5]) {
    const made = chart([point(1, high, 1), point(2, 1, 1)], 400, 130, { names: ["style"] });
    assert.ok(made.ticks.length >= (high < 2 ? 1 : 2), `up to ${high}`);
    for (const { value, y } of made.ticks) {
      const share = Math.log(value) / Math.log(high);
      assert.ok(Math.abs(y - (made.frame.bottom - share * (made.frame.bottom - made.frame.top))) < 0.6);
    }
  }
});

test("names at the ends of lines that meet are kept apart, in their order, within the frame", () => {
  for (let round = 0; round < 200; round++) {
    const wanted = Array.from({ length: 1 + (round % 8) }, () => 20 + 120 * Math.random()).sort((a, b) => a - b);
    const places = spaced(wanted, 18, 150);
    places.slice(1).forEach((place, i) => assert.ok(place - places[i] >= 13 - 1e-9));
    assert.ok(places[0] >= 18 && places.at(-1) <= 150 + 1e-9);
  }
  assert.deepEqual(spaced([30, 80], 18, 150), [30, 80], "where there is room nothing is moved");
  assert.deepEqual(spaced([50, 50], 18, 150), [43.5, 56.5], "both give way alike");
});

test("a run without losses has no chart, a single step has one, zero breaks nothing", () => {
  assert.equal(chart([], 400, 130), null);
  assert.equal(chart([{ step: 1, of: 2 }], 400, 130), null);
  for (const { path } of chart([point(0, 1, 1)], 400, 130).lines) assert.ok(places(path).flat().every(Number.isFinite));
  for (const { path } of chart([point(0, 0, 1), point(10, 2, 1)], 400, 130).lines) assert.ok(places(path).flat().every(Number.isFinite));
});

test("a place on the chart is a step, and a step has its update", () => {
  const { stepAt, frame } = chart(RUN, 400, 130);
  assert.deepEqual([stepAt(frame.left), stepAt(frame.right), stepAt(-50), stepAt(4000)], [0, 100, 0, 100]);
  assert.equal(at(RUN, 70), RUN[1]);
  assert.equal(at(RUN, -5), RUN[0]);
});

test("a long list is spread evenly, with both ends", () => {
  assert.deepEqual(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 5), [0, 2, 4, 6, 8]);
  assert.deepEqual(spread([1, 2], 5), [1, 2]);
});
