import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted, LARGEST_FILE, tooLarge, unfit } from "../../app/static/js/pictures.js";
import { curl, python } from "../../app/static/js/snippets.js";
import { duration, figure, steps } from "../../app/static/js/words.js";

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

test("snippets survive a shell and a Python parser", () => {
  const values = [{ name: "content", value: "my cat's.jpg", file: true }, { name: "style", value: "ink wash", file: false }, { name: "size", value: "384", file: false }];
  assert.equal(curl("https://a.org/jobs", values), "curl \\\n  -F 'content=@my cat'\\''s.jpg' \\\n  -F 'style=ink wash' \\\n  -F size=384 \\\n  https://a.org/jobs");
  const written = python("https://a.org/jobs", values);
  assert.match(written, /"content": open\("my cat's.jpg", "rb"\),/);
  assert.match(written, /"style": "ink wash",/);
  assert.match(written, /"size": 384,/);
  assert.ok(!python("https://a.org/jobs", values.slice(1)).includes("files="));
});
