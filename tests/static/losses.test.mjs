import assert from "node:assert/strict";
import { test } from "node:test";

import { at, chart, spread } from "../../app/demos/style_transfer/losses.js";

const point = (step, style, content, size = 128) => ({ step, of: 100, size, losses: { style, content } });
const RUN = [point(0, 1, 0.01), point(50, 0.1, 0.1, 256), point(100, 0.01, 0.1, 256)];

const places = (path) => path.slice(1).split("L").map((pair) => pair.split(" ").map(Number));

test("steps go right, and each tenth of a loss goes down as far as the one before", () => {
  const { lines, frame } = chart(RUN, 400, 130);
  const style = places(lines.find(({ name }) => name === "style").path);
  assert.deepEqual(style.map(([x]) => x), [frame.left, (frame.left + frame.right) / 2, frame.right]);
  const [top, middle, bottom] = style.map(([, y]) => y);
  assert.deepEqual([top, bottom], [frame.top, frame.bottom]);
  assert.ok(Math.abs(middle - (top + bottom) / 2) < 0.11);
});

test("the first report, still the photograph, does not flatten the others", () => {
  const { lines, frame } = chart([point(0, 1, 1e-9), point(30, 0.5, 0.2), point(60, 0.2, 0.3), point(100, 0.05, 0.3)], 400, 130);
  const content = places(lines.find(({ name }) => name === "content").path).map(([, y]) => y);
  assert.equal(content[0], frame.bottom);
  const style = places(lines.find(({ name }) => name === "style").path).map(([, y]) => y);
  assert.deepEqual([style[1], style[3]], [frame.top, frame.bottom]);
});

test("every change of size is marked where it happened", () => {
  const { rungs, frame } = chart(RUN, 400, 130);
  assert.deepEqual(rungs.map(({ label }) => label), ["128 px", "256 px"]);
  assert.equal(rungs[1].x, (frame.left + frame.right) / 2);
});

test("names at the ends of lines that meet are kept apart", () => {
  const { lines } = chart([point(0, 1, 0.5), point(100, 0.1, 0.1)], 400, 130);
  assert.ok(Math.abs(lines[0].y - lines[1].y) >= 14);
});

test("a run without losses has no chart, a single step has one, zero breaks nothing", () => {
  assert.equal(chart([], 400, 130), null);
  assert.equal(chart([{ step: 1, of: 2 }], 400, 130), null);
  for (const { path } of chart([point(0, 1, 1)], 400, 130).lines) assert.ok(places(path).flat().every(Number.isFinite));
  for (const { path } of chart([point(0, 0, 1), point(10, 2, 1)], 400, 130).lines) assert.ok(places(path).flat().every(Number.isFinite));
});

test("a place on the chart is a step, and a step has its update", () => {
  const { stepAt, frame } = chart(RUN, 400, 130);
  assert.deepEqual([stepAt(frame.left), stepAt(frame.right)], [0, 100]);
  assert.equal(at(RUN, 70), RUN[1]);
  assert.equal(at(RUN, -5), RUN[0]);
});

test("a long list is spread evenly, with both ends", () => {
  assert.deepEqual(spread([0, 1, 2, 3, 4, 5, 6, 7, 8], 5), [0, 2, 4, 6, 8]);
  assert.deepEqual(spread([1, 2], 5), [1, 2]);
});
