import assert from "node:assert/strict";
import { test } from "node:test";
import { follow, query } from "../../app/static/js/address.js";

const LIMIT = 100; // times in half a minute that a browser lets a page write its address
const HALF_A_MINUTE = 30_000;
const FRAME = 16;

/** A bench whose only value is a number, on a page of its own. */
function page() {
  const written = [];
  const page = new EventTarget();
  Object.assign(globalThis, { location: { pathname: "/demos/x", hash: "" }, history: { state: null, replaceState: (state, title, address) => written.push(address) }, addEventListener: page.addEventListener.bind(page) });
  const bench = Object.assign(new EventTarget(), { value: 0, fields: { changes: () => (bench.value ? { value: bench.value } : {}), file: () => null } });
  const set = (value) => { bench.value = value; bench.dispatchEvent(new Event("values")); };
  follow(bench);
  return { written, set, leave: () => page.dispatchEvent(new Event("pagehide")) };
}

test("a drag of half a minute writes the address seldom enough, and its last value lands", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const { written, set } = page();
  for (let time = 0; time < HALF_A_MINUTE; time += FRAME) {
    set(time + 1);
    context.mock.timers.tick(FRAME);
    await new Promise((next) => setImmediate(next));
  }
  assert.ok(written.length > 10 && written.length < LIMIT, `${written.length} times`);
  set("last");
  for (let i = 0; i < 100; i++) {
    context.mock.timers.tick(FRAME);
    await new Promise((next) => setImmediate(next));
  }
  assert.equal(written.at(-1), "/demos/x?value=last");
});

test("one change is written at once, and whoever leaves soon after another comes back to it", async () => {
  const { written, set, leave } = page();
  set(1);
  assert.deepEqual(written, ["/demos/x?value=1"]);
  set(2);
  leave();
  assert.equal(written.at(-1), "/demos/x?value=2");
  set(0);
  leave();
  assert.equal(written.at(-1), "/demos/x");
});

test("what nobody has set stands in no address", () => {
  assert.equal(query({}), "");
  assert.equal(query({ a: null, b: "1,2 3,4" }), "?b=1%2C2+3%2C4");
});
