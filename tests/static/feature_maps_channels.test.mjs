import assert from "node:assert/strict";
import { test } from "node:test";
import { beside, crop, parsed, sight, summary, tile, titled, twins, written } from "../../app/demos/feature_maps/channels.js";

const layer = (name, channels, stride, field) => ({ name, channels, stride, field, window: field, sheet: null, json: null, untrained: null });
const networks = [
  { name: "small", title: "small one", layers: [layer("relu1", 4, 1, 3), layer("relu2", 8, 4, 24), layer("logits", 3, 32, 900)] },
  { name: "other", title: "other one", layers: [layer("layer1.0", 6, 4, 40)] },
];
const sheet = { tile: 10, columns: 3, channels: 8 };

test("an address is read where it names a channel that there is, and written as it was", () => {
  for (const text of ["small/relu1/0", "small/relu2/7", "other/layer1.0/5"]) assert.equal(written(parsed(text, networks)), text);
  for (const text of ["", null, "small", "small/relu1", "small/relu1/4", "small/relu1/-1", "small/relu1/1.5", "small/relu9/0", "tall/relu1/0", "small/relu1/x"]) assert.equal(parsed(text, networks), null, String(text));
});

test("neighbours are those there are, and going there and back comes home", () => {
  const at = { network: "small", layer: "relu2", channel: 3 };
  const { previous, next, lower, upper } = beside(networks, at);
  assert.deepEqual(beside(networks, next).previous, at);
  assert.deepEqual(beside(networks, previous).next, at);
  assert.deepEqual(lower, { ...at, layer: "relu1" });
  assert.deepEqual(upper, { ...at, layer: "logits", channel: 2 }, "a layer of fewer channels gives its last");
  assert.deepEqual(beside(networks, { network: "small", layer: "relu1", channel: 0 }), { previous: null, next: { network: "small", layer: "relu1", channel: 1 }, lower: null, upper: { network: "small", layer: "relu2", channel: 0 } });
});

test("the tiles of a sheet cover it once", () => {
  const seen = new Set(Array.from({ length: 8 }, (_, number) => tile(sheet, number).join(" ")));
  assert.equal(seen.size, 8);
  assert.deepEqual(tile(sheet, 4), [10, 10, 10, 10]);
});

test("a crop is inside of its picture, square, and around its place wherever there is room", () => {
  for (const [x, y] of [[0, 0], [1, 1], [0.5, 0.5], [0.02, 0.97]]) {
    const [left, top, width, height] = crop([x, y], 64, [320, 200]);
    assert.equal(width, height);
    assert.ok(left >= 0 && top >= 0 && left + width <= 320 && top + height <= 200);
    assert.ok(x * 320 >= left && x * 320 <= left + width && y * 200 >= top && y * 200 <= top + height);
  }
  assert.deepEqual(crop([0.5, 0.5], 64, [320, 200]), [128, 68, 64, 64]);
  assert.deepEqual(crop([0.5, 0.5], 64, [640, 400]).slice(2), [128, 128], "a larger copy is cut in proportion");
  assert.deepEqual(crop([0.3, 0.5], 900, [320, 200]).slice(2), [200, 200], "no larger than the picture");
});

test("twins are found from either side", () => {
  const numbers = { duplicates: [[1, 4, 0.98], [4, 6, 0.96]] };
  assert.deepEqual(twins(numbers, 4), [[1, 0.98], [6, 0.96]]);
  assert.deepEqual(twins(numbers, 1), [[4, 0.98]]);
  assert.deepEqual(twins(numbers, 2), []);
});

test("words say what a layer sees, and how it is", () => {
  assert.equal(sight(networks[0].layers[0]), "Sees 3 px of the picture.");
  assert.match(sight(networks[0].layers[2]), /all of the picture; there is one every 32 px/);
  assert.match(summary(networks[0].layers[1], { dead: [1], duplicates: [[1, 2, 0.99], [3, 4, 0.96]] }), /^relu2: 8 channels\. .* 1 never fires on the gallery\. 2 pairs are nearly the same\.$/);
  assert.doesNotMatch(summary(networks[0].layers[1], null), /never|same/);
  assert.equal(titled({ network: "small", layer: "relu2", channel: 3 }, "small one"), "Channel 3 of relu2, small one");
  assert.equal(titled({ network: "small", layer: "logits", channel: 1 }, "small one", "cat"), "Cat, a class of the small one");
});
