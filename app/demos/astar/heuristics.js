// Estimates of the distance to a goal, in whole units, a number for every cell of a map with its border. As app/algorithms/search has them.
// @ts-check

import { WAYS } from "./terrain.js";

export const NAMES = ["manhattan", "octile", "euclidean", "chebyshev", "zero", "landmarks"];
const WHOLE = new Set(["manhattan", "chebyshev", "zero", "landmarks"]); // whole numbers of cells where nobody moves diagonally
const FINE = 80_000;
const CHOSEN = 4;

/**
 * What a straight and a diagonal move cost: the smallest convergent of √2 that orders all lengths of so many diagonals, or
 * cells where nobody moves diagonally and all that is compared is whole.
 *
 * @param {import("./terrain.js").Terrain} terrain
 */
export function scale(terrain, { diagonal, heuristic, weight }) {
  if (diagonal === "never" && WHOLE.has(heuristic) && weight === 1) return { straight: 1, diagonal: 2 };
  const diagonals = Math.max(FINE, (terrain.width + 2) * (terrain.height + 2) * terrain.heaviest);
  let [p, q] = [3, 2];
  while (q <= diagonals) [p, q] = [p + 2 * q, p + q];
  return { straight: q, diagonal: p };
}

/** Whether an estimate never says too much, on any map; null where that is not known. */
export function admissible(heuristic, diagonal) {
  if (!NAMES.includes(heuristic)) return null;
  return heuristic !== "manhattan" || diagonal === "never";
}

/** Estimates to the nearest of some cells: the least of those to each. @param {number[]} targets */
export function tableOf(heuristic, ground, targets, more) {
  const [first, ...others] = targets.map((target) => table(heuristic, ground, target, more));
  for (const other of others) for (let cell = 0; cell < first.length; cell++) if (other[cell] < first[cell]) first[cell] = other[cell];
  return first;
}

/**
 * @param {string} heuristic a name, or the source of a formula that `formula` reads
 * @param {any} ground cells, legal, stride, scale, place(cell), at(place)
 * @param {number} target
 * @param {{landmarks?: number[], formula?: (dx: number, dy: number) => number}} more
 */
function table(heuristic, ground, target, { landmarks = [], formula } = {}) {
  const { cells, stride, scale: { straight, diagonal } } = ground;
  if (heuristic === "landmarks") return byLandmarks(ground, target, landmarks);
  const h = new Float64Array(cells.length);
  if (heuristic === "zero") return h;
  const line = Math.min(2 * straight ** 2, diagonal ** 2);
  const of = formula ? (dx, dy) => Math.max(0, Math.trunc(formula(dx, dy) * straight)) : {
    manhattan: (dx, dy) => (dx + dy) * straight,
    chebyshev: (dx, dy) => Math.max(dx, dy) * straight,
    octile: (dx, dy) => Math.min(dx, dy) * diagonal + Math.abs(dx - dy) * straight,
    euclidean: (dx, dy) => root(line, dx * dx + dy * dy),
  }[heuristic];
  const [tx, ty] = [target % stride, Math.floor(target / stride)];
  for (let y = 0, cell = 0; cell < cells.length; y++) for (let x = 0; x < stride; x++) h[cell++] = of(Math.abs(x - tx), Math.abs(y - ty));
  return h;
}

/** Every estimate multiplied, rounded down; exact for weights of a few digits. */
export function times(estimates, weight) {
  if (weight === 1) return estimates;
  const digits = (String(weight).split(".")[1] ?? "").length;
  const [over, under] = [Math.round(weight * 10 ** digits), 10 ** digits];
  return estimates.map((estimate) => (estimate * over <= Number.MAX_SAFE_INTEGER ? (estimate * over - (estimate * over) % under) / under : Number(BigInt(estimate) * BigInt(over) / BigInt(under))));
}

/** What the cheapest path from the nearest of some cells to each cell costs, or from each cell to it; Infinity where there is none. */
export function distances({ cells, legal, stride, scale }, sources, towards = false) {
  const far = new Float64Array(cells.length).fill(Infinity);
  const levels = new Map([[0, [...sources]]]);
  const waiting = new Heap();
  waiting.push(0);
  for (const source of sources) far[source] = 0;
  const steps = WAYS.map(([dx, dy], way) => [dy * stride + dx, way < 4 ? scale.straight : scale.diagonal]);
  while (waiting.size) {
    const so = waiting.pop();
    const level = levels.get(so) ?? [];
    levels.delete(so);
    for (const cell of level) {
      if (far[cell] < so) continue;
      for (let way = 0; way < 8; way++) {
        if (!(legal[cell] >> way & 1)) continue;
        const near = cell + steps[way][0];
        const length = so + steps[way][1] * cells[towards ? cell : near];
        if (length >= far[near]) continue;
        far[near] = length;
        if (levels.has(length)) levels.get(length)?.push(near);
        else {
          levels.set(length, [near]);
          waiting.push(length);
        }
      }
    }
  }
  return far;
}

/** Numbers of which the least comes out first. */
export class Heap {
  #numbers = [];

  get size() {
    return this.#numbers.length;
  }

  get least() {
    return this.#numbers[0];
  }

  push(number) {
    const heap = this.#numbers;
    let at = heap.length;
    while (at && heap[(at - 1) >> 1] > number) {
      heap[at] = heap[(at - 1) >> 1];
      at = (at - 1) >> 1;
    }
    heap[at] = number;
  }

  pop() {
    const heap = this.#numbers;
    const [least, last] = [heap[0], heap.pop()];
    if (!heap.length) return least;
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child + 1 < heap.length && heap[child + 1] < heap[child]) child++;
      if (child >= heap.length || heap[child] >= last) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return least;
  }
}

/** ⌊√(line · squares / 2)⌋ without an error. */
function root(line, squares) {
  const product = line * squares;
  if (product <= Number.MAX_SAFE_INTEGER) {
    const half = Math.floor(product / 2);
    const guess = Math.floor(Math.sqrt(half));
    return guess * guess > half ? guess - 1 : (guess + 1) * (guess + 1) <= half ? guess + 1 : guess;
  }
  const half = BigInt(line) * BigInt(squares) / 2n;
  let guess = BigInt(Math.floor(Math.sqrt(Number(half))));
  while (guess * guess > half) guess--;
  while ((guess + 1n) * (guess + 1n) <= half) guess++;
  return Number(guess);
}

/** What distances to a few cells prove; where none are placed, to four that lie far from each other. */
function byLandmarks(ground, target, placed) {
  const best = new Float64Array(ground.cells.length);
  const raise = (lengths, sign) => {
    const there = lengths[target];
    if (there === Infinity) return;
    for (let cell = 0; cell < best.length; cell++) if (lengths[cell] !== Infinity) best[cell] = Math.max(best[cell], sign * (lengths[cell] - there));
  };
  for (const landmark of placed.length ? placed : farApart(ground, target)) {
    raise(distances(ground, [landmark], true), 1);
    raise(distances(ground, [landmark]), -1);
  }
  return best;
}

/** Cells each as far as can be from the first and from those before it. */
export function farApart(ground, from) {
  const chosen = [];
  for (let i = 0; i < CHOSEN; i++) {
    const far = distances(ground, chosen.length ? chosen : [from]);
    let farthest = -1;
    far.forEach((length, cell) => { if (length !== Infinity && (farthest < 0 || length > far[farthest])) farthest = cell; });
    if (chosen.includes(farthest)) break;
    chosen.push(farthest);
  }
  return chosen;
}
