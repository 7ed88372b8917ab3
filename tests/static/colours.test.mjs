import assert from "node:assert/strict";
import { test } from "node:test";

import { histogram, luminance, mongeKantorovich } from "../../app/demos/style_transfer/colours.js";

const noise = (count, low, high) => Uint8ClampedArray.from({ length: 4 * count }, (_, i) => (i % 4 === 3 ? 255 : low + (high - low) * Math.random()));
const luma = (pixels, i) => 0.299 * pixels[i] + 0.587 * pixels[i + 1] + 0.114 * pixels[i + 2];
const times = (a, b) => a.map((row) => b[0].map((_, j) => row.reduce((sum, value, k) => sum + value * b[k][j], 0)));

function meanOf(pixels, channel) {
  let sum = 0;
  for (let i = channel; i < pixels.length; i += 4) sum += pixels[i];
  return sum / (pixels.length / 4);
}

test("by luminance the brightness is the painting's, and a grey painting leaves the photograph's colour", () => {
  const [made, seen] = [noise(500, 110, 140), noise(500, 110, 140)];
  const out = luminance(made, seen);
  for (let i = 0; i < out.length; i += 4) {
    assert.ok(Math.abs(luma(out, i) - luma(made, i)) < 2);
    assert.ok(Math.abs(out[i] - out[i + 2] - (seen[i] - seen[i + 2])) <= 3, "red and blue stay as far apart as they were");
  }
});

test("by histogram the mean is the photograph's, and a picture moved to itself stays", () => {
  const [made, seen] = [noise(5000, 40, 120), noise(5000, 100, 200)];
  const out = histogram(made, seen);
  for (const channel of [0, 1, 2]) assert.ok(Math.abs(meanOf(out, channel) - meanOf(seen, channel)) < 0.5);
  histogram(made, made).forEach((value, i) => assert.ok(Math.abs(value - made[i]) <= 1));
});

test("the map takes one covariance to the other, and is symmetric", () => {
  const own = [[900, 300, 50], [300, 700, 10], [50, 10, 20]];
  const wanted = [[40, 5, 1], [5, 3000, 900], [1, 900, 1500]];
  const map = mongeKantorovich(own, wanted);
  times(times(map, own), map).forEach((row, i) => row.forEach((value, j) => {
    assert.ok(Math.abs(value - wanted[i][j]) < 1e-6 * 3000);
    assert.ok(Math.abs(map[i][j] - map[j][i]) < 1e-8);
  }));
});

test("a plain picture is moved to the photograph's mean", () => {
  const plain = Uint8ClampedArray.from({ length: 400 }, (_, i) => (i % 4 === 3 ? 255 : 90));
  const out = histogram(plain, noise(1000, 0, 255));
  assert.ok(out.every((value, i) => i % 4 === 3 || Math.abs(value - 127) < 20));
});
