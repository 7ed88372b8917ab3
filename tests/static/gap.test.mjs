import assert from "node:assert/strict";
import { test } from "node:test";

import { inWords, rows } from "../../app/demos/style_transfer/gap.js";
import { duration, figure } from "../../app/static/js/words.js";

const WORDS = { duration, figure };
const ONCE = { seconds: 0.3, losses: { total: 1.42, style: 0.8, content: 0.2 } };
const DONE = { step: 150, of: 150, seconds: 5.1, losses: { total: 0.61, style: 0.3, content: 0.4 }, once: ONCE };

test("the gap is said in loss and in seconds", () => {
  assert.equal(inWords({ step: 0, of: 150, losses: ONCE.losses, once: ONCE }, WORDS), "One pass: 0.3 s, loss 1.42.");
  assert.equal(inWords(DONE, WORDS), "One pass: 0.3 s, loss 1.42. Step 150: 5 s, loss 0.61, 57 % lower.");
  assert.match(inWords({ ...DONE, losses: { total: 2.84 } }, WORDS), /100 % higher\.$/);
  assert.match(inWords({ ...DONE, losses: { total: 1.421 } }, WORDS), /the same\.$/);
});

test("a run that did not begin with one pass says what it reached", () => {
  assert.equal(inWords({ step: 20, losses: { total: 2 } }, WORDS), "Step 20: loss 2.");
  assert.equal(inWords({}, WORDS), "");
});

test("the larger of two losses has the whole bar, the other its share of it", () => {
  const [total, , content] = rows(DONE);
  assert.deepEqual([total.once.share, content.now.share, content.once.share], [1, 1, 0.5]);
  assert.ok(Math.abs(total.now.share - 0.61 / 1.42) < 1e-12);
});

test("before the first step only one pass has values, without one only the steps have", () => {
  const first = rows({ step: 0, losses: ONCE.losses, once: ONCE })[0];
  assert.deepEqual([first.once.value, first.now.value], [1.42, null]);
  const later = rows({ step: 20, losses: { total: 2 } })[0];
  assert.deepEqual([later.once.value, later.now.value, later.now.share], [null, 2, 1]);
  assert.equal(rows({})[0].now.share, 0);
});
