import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, LARGEST_FILE, tooLarge, unfit } from "../../app/static/js/pictures.js";
import { literals } from "../../app/static/js/snippets.js";
import { again, duration, figure, inLine, span, steps } from "../../app/static/js/words.js";

test("a run is worded by its steps, or by its share", () => {
  assert.equal(steps({ data: { step: 120, of: 300 }, seconds_left: 9.1 }), "Step 120 of 300, 9 s left");
  assert.equal(steps({ data: { step: 0, of: 300 } }), "Step 0 of 300");
  assert.equal(steps({ progress: 0.425 }), "43 % done");
});

test("durations and figures read as people write them", () => {
  assert.deepEqual([0.02, 0.84, 9.4, 59, 120, 125].map(duration), ["0.1 s", "0.8 s", "9 s", "59 s", "2 min", "2 min 5 s"]);
  assert.deepEqual([0, 0.00012345, 0.012345, 12.345, 1234.5, 12345678].map(figure), ["0", "1.23e-4", "0.0123", "12.3", "1,230", "1.23e+7"]);
});

test("a picture is fitted, never stretched, never enlarged", () => {
  assert.deepEqual(fitted(4096, 3072), [2048, 1536]);
  assert.deepEqual(fitted(640, 480), [640, 480]);
  assert.deepEqual(fitted(100000, 1), [2048, 1]);
});

test("what cannot be sent is said in a sentence", () => {
  assert.match(unfit({ name: "notes.pdf", type: "application/pdf", size: 9 }), /“notes.pdf” is not a picture/);
  assert.match(unfit({ name: "a.png", type: "image/png", size: 0 }), /is empty/);
  assert.equal(unfit({ name: "a.heic", type: "", size: 9 }), null, "the server knows more of it");
  assert.match(tooLarge({ name: "a.png", size: LARGEST_FILE + 1 }), /17 MB; 16 MB is the most/);
  assert.equal(tooLarge({ name: "a.png", size: LARGEST_FILE }), null);
});

test("snippets survive a shell, Python and JavaScript", () => {
  const { curl, python, javascript } = literals;
  assert.deepEqual([curl("my cat's.jpg", true), curl("ink wash", false), curl(384, false)], ["'@my cat'\\''s.jpg'", "'ink wash'", "384"]);
  assert.deepEqual([python('a "b".jpg', true), python(0.5, false), python(true, false)], ['open("a \\"b\\".jpg", "rb")', '(None, "0.5")', '(None, "true")']);
  assert.deepEqual([javascript("cat.jpg", true), javascript("cat", false)], ['await openAsBlob("cat.jpg")', '"cat"']);
});

test("what is left ticks down, and a range keeps both its ends", () => {
  const told = { data: { step: 3, of: 9 }, seconds_left: 20, seconds_left_range: [15, 30] };
  assert.equal(steps(told), "Step 3 of 9, 15–30 s left");
  assert.equal(steps(told, 5), "Step 3 of 9, 10–25 s left");
  assert.equal(steps({ ...told, seconds_left_range: null }, 5), "Step 3 of 9, 15 s left");
  assert.equal(steps(told, 40), "Step 3 of 9, a moment left", "the estimate ran out, the run did not");
});

test("a place in line says who is ahead, and how long", () => {
  assert.equal(inLine({ ahead: 2, seconds: 40 }), "In line: 2 ahead, about 40 s");
  assert.equal(inLine({ ahead: 2, seconds: 40, range: [30, 55] }, 10), "In line: 2 ahead, about 20–45 s");
  assert.equal(inLine({ ahead: 1, seconds: null }), "In line: 1 ahead");
  assert.equal(inLine({ ahead: 0, seconds: 0 }), "Next in line");
});

test("a span reads as the server words it, and as one duration where both ends do", () => {
  assert.deepEqual([[9.1, 9.3], [8, 12], [52, 130], [0.5, 2], [44, 63]].map(span), ["9 s", "8–12 s", "50 s–2 min", "1–2 s", "45–65 s"]);
});

test("a refused reader hears when to come back, until it is now", () => {
  assert.deepEqual([12, 0.4, 0, -3].map(again), ["Try again in 12 s.", "Try again in 1 s.", "You can try again now.", "You can try again now."]);
});
