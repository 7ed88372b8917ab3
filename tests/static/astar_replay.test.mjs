import assert from "node:assert/strict";
import { test } from "node:test";

import { FAMILY, solve } from "../../app/demos/astar/best_first.js";
import { orderOf, Replay } from "../../app/demos/astar/replay.js";
import { Terrain } from "../../app/demos/astar/terrain.js";
import { why } from "../../app/demos/astar/transport.js";

const RULES = ["never", "no-corner-cutting", "one-free", "always"];
const TIES = ["high-g", "low-g", "fifo", "cross"];

/** Numbers from 0 to 1, the same ones every time (Mulberry32). */
function random(state) {
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

/** Questions about random maps, all of them different. */
function* questions(count) {
  const chance = random(3);
  const pick = (list) => list[Math.floor(chance() * list.length)];
  for (let seed = 0; seed < count; seed++) {
    const weights = pick([[0, 1, 1], [0, 1, 1, 1], [0, 1, 1, 3, 9]]);
    const terrain = new Terrain(17, 13, Uint8Array.from({ length: 17 * 13 }, () => pick(weights)));
    const [start, goal] = [[Math.floor(chance() * 17), 0], [Math.floor(chance() * 17), 12]];
    for (const end of [start, goal]) terrain.cells[terrain.at(end)] = 1;
    yield { terrain, start, goal, algorithm: pick(FAMILY), heuristic: pick(["octile", "manhattan", "euclidean", "zero"]), weight: pick([1, 2.5]), diagonal: pick(RULES), ties: pick(TIES) };
  }
}

test("scrubbed to k, a search has open and expanded what a fresh run has that stops at k", () => {
  const chance = random(8);
  for (const question of questions(60)) {
    const whole = solve(question, { most: Infinity });
    const film = new Replay(whole.steps);
    for (let i = 0; i < 6; i++) {
      const k = Math.floor(chance() * (whole.expanded + 1));
      film.to(k);
      const fresh = solve(question, { most: Infinity, stop: k });
      assert.equal(fresh.expanded, k);
      const again = new Replay(fresh.steps).to(k);
      for (const name of ["current", "generated", "reopened", "peak"]) assert.deepEqual(film[name], again[name]);
      assert.deepEqual([...film.all], [...again.all]);
      if (k) assert.deepEqual(new Set(film.opened), new Set(fresh.open)); // what the search itself had waiting
    }
  }
});

test("the first of the open list is the next to be popped", () => {
  for (const question of questions(60)) {
    const { steps } = solve(question, { most: Infinity });
    const film = new Replay(steps);
    for (let k = 1; k < steps.length; k++) {
      const [next] = film.to(k).openList(orderOf(question.algorithm, question.ties), question.terrain, [question.start, question.goal]);
      assert.equal(next.cell, steps[k].cell);
    }
  }
});

test("a popped cell is told with its sum and the next best", () => {
  const name = (cell) => `cell ${cell}`;
  const step = { cell: 4, f: 12.4, g: 3, h: 9.4 };
  assert.equal(why({ current: step, rival: 12.8, count: 5 }, name, false), "Popped cell 4: f = 12.4, of which g 3 and h 9.4; the next best had 12.8.");
  assert.match(why({ current: step, rival: null, count: 5 }, name, true), /f = h = 12\.4; nothing else was open/);
  assert.match(why({ current: null, rival: null, count: 0 }, name, false), /only the start is open/);
});
