import assert from "node:assert/strict";
import { test } from "node:test";
import { rounds, ROUNDS, shuffled } from "../../app/demos/feature_maps/rounds.js";

/** Numbers in [0, 1) that are the same each time: a linear congruential generator. */
function numbers(seed) {
  let state = seed;
  return () => (state = (state * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
}

const tops = (count) => Array.from({ length: count }, (_, i) => [i, 0.5, 0.5, 1]);
const sheet = { channels: 40, tops: Array.from({ length: 40 }, (_, channel) => tops(channel === 7 ? 3 : 9)), dead: [1, 2], duplicates: [[3, 4, 0.97], [3, 5, 0.99]] };

test("each round has its answer among four different options, and no channel is asked twice", () => {
  const course = rounds(sheet, numbers(1));
  assert.equal(course.length, ROUNDS);
  assert.equal(new Set(course.map(({ answer }) => answer)).size, ROUNDS);
  for (const { answer, options } of course) {
    assert.equal(new Set(options).size, 4);
    assert.ok(options.includes(answer));
  }
  assert.deepEqual(new Set(course.map(({ kind }) => kind)), new Set(["drawing", "crops"]));
});

test("dead channels, and those with few crops, are never asked; twins of the answer are never options", () => {
  for (let seed = 0; seed < 50; seed += 1) {
    for (const { answer, options } of rounds(sheet, numbers(seed))) {
      for (const channel of options) assert.ok(![1, 2, 7].includes(channel));
      const alike = { 3: [4, 5], 4: [3], 5: [3] }[answer] ?? [];
      for (const twin of alike) assert.ok(!options.includes(twin), `${answer} with ${twin}`);
    }
  }
});

test("the answer is at each of the four places", () => {
  const places = new Set();
  for (let seed = 0; seed < 20; seed += 1) for (const { answer, options } of rounds(sheet, numbers(seed))) places.add(options.indexOf(answer));
  assert.deepEqual(places, new Set([0, 1, 2, 3]));
});

test("where too few channels can be told apart nothing is asked", () => {
  assert.deepEqual(rounds({ ...sheet, dead: Array.from({ length: 36 }, (_, i) => i) }, numbers(1)), []);
});

test("a shuffled list has what it had, and every order comes up about as often", () => {
  const seen = new Map();
  const random = numbers(5);
  for (let i = 0; i < 6000; i += 1) {
    const order = shuffled(["a", "b", "c"], random).join("");
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  assert.equal(seen.size, 6);
  for (const count of seen.values()) assert.ok(Math.abs(count - 1000) < 150, String(count));
});
