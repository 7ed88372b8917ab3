import assert from "node:assert/strict";
import { test } from "node:test";
import { paced } from "../../app/static/js/pace.js";

/** A clock that goes on when it is told to. */
function clock() {
  const waiting = [];
  return { wait: () => new Promise((done) => waiting.push(done)), tick: async () => { waiting.shift()?.(); await settled(); } };
}

const settled = () => new Promise((done) => setImmediate(done));

test("the first call is done at once, and many more become one after the pause", async () => {
  let done = 0;
  const { wait, tick } = clock();
  const ask = paced(async () => { done += 1; }, 500, { wait });
  for (let call = 0; call < 9; call += 1) ask();
  await settled();
  assert.equal(done, 1);
  await tick();
  assert.equal(done, 2);
  await tick();
  assert.equal(done, 2);
  ask();
  await settled();
  assert.equal(done, 3);
});

test("a call during the task is not lost, and two never run together", async () => {
  let [running, most, done] = [0, 0, 0];
  const { wait, tick } = clock();
  let release = () => {};
  const ask = paced(async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((go) => { release = go; });
    running -= 1;
    done += 1;
  }, 500, { wait });
  ask();
  await settled();
  ask();
  ask();
  release();
  await settled();
  await tick();
  release();
  await settled();
  assert.deepEqual([most, done], [1, 2]);
});

test("a task that fails is asked again", async () => {
  let tries = 0;
  const ask = paced(async () => {
    tries += 1;
    if (tries === 1) throw new Error("The server is away.");
  }, 0, { wait: async () => {} });
  await ask().catch(() => {});
  await ask();
  assert.equal(tries, 2);
});
