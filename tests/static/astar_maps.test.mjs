import assert from "node:assert/strict";
import { test } from "node:test";

import { formula } from "../../app/demos/astar/formula.js";
import { read, scenarios, scenariosWritten, written } from "../../app/demos/astar/maps.js";
import { Terrain } from "../../app/demos/astar/terrain.js";
import { held } from "../../app/demos/astar/truth.js";

test("maps go into codes and files and come back", () => {
  for (let i = 0; i < 60; i++) {
    const [width, height, most] = [1 + i % 13, 1 + i % 7, i % 2 ? 2 : 10];
    const terrain = new Terrain(width, height, Uint8Array.from({ length: width * height }, (_, cell) => (cell * cell + i * cell + i) % most));
    assert.deepEqual(Terrain.decode(terrain.code), terrain);
    assert.deepEqual(read(written(terrain)), terrain);
  }
  assert.deepEqual(read("..@/.3.").cells, Uint8Array.of(1, 1, 0, 1, 3, 1));
  assert.throws(() => read("..\n."), /cells, and other rows follow/);
  assert.throws(() => read("..x"), /here is “x”/);
});

test("scenarios are read, written, and refused with their line", () => {
  const one = { start: [1, 2], goal: [7, 9], length: 9.48528137 };
  const text = scenariosWritten("a.map", { width: 10, height: 12 }, [one]);
  assert.deepEqual(scenarios(text), [{ ...one, bucket: 2, width: 10, height: 12 }]);
  assert.throws(() => scenarios("version 1\n0\ta.map\t1"), /Line 2/);
  assert.throws(() => scenarios("0 a"), /version 1/);
});

test("formulas are sums, products and calls, and nothing else", () => {
  assert.equal(formula("1.5 * octile")?.(3, 4), 1.5 * (4 + 3 * (Math.SQRT2 - 1)));
  assert.equal(formula("dx - dy - 1")?.(5, 2), 2);
  assert.equal(formula("-(dx + 2) / max(dy, 4)")?.(2, 1), -1);
  for (const text of ["", "dx +", "alert(1)", "dx dy", "constructor(1)", "(dx"]) assert.equal(formula(text), null, text);
});

test("an estimate is held against the truth", () => {
  const question = { terrain: new Terrain(9, 9), start: [0, 0], goal: [8, 8], algorithm: "astar", weight: 1, ties: "high-g" };
  const octile = held({ ...question, heuristic: "octile", diagonal: "no-corner-cutting" });
  assert.deepEqual([octile.above, octile.inconsistent], [[], []]);
  assert.ok(octile.truth.every((far, cell) => Math.abs(far - octile.estimate[cell]) < 1e-9), "nothing stands in the way");
  const manhattan = held({ ...question, heuristic: "manhattan", diagonal: "always" });
  assert.equal(manhattan.above.length, 64, "all but the goal's row and column");
  assert.ok(manhattan.inconsistent.every(({ falls, cost }) => falls > cost));
});
