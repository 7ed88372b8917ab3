// Best-first search: A*, Dijkstra, weighted A* and greedy search, expansion by expansion as app/algorithms/search/best_first.py.
// @ts-check

import { admissible, Heap, scale, tableOf, times } from "./heuristics.js";
import { legal, places, WAYS } from "./terrain.js";

export const FAMILY = ["astar", "dijkstra", "greedy", "weighted"];

/**
 * @typedef {object} Question
 * @property {import("./terrain.js").Terrain} terrain
 * @property {number[]} start [x, y]
 * @property {number[] | number[][]} goal a place, or several, of which the nearest is found
 * @property {string} algorithm one of FAMILY
 * @property {string} heuristic
 * @property {number} weight
 * @property {string} diagonal
 * @property {string} ties
 * @property {number[][]} [landmarks]
 * @property {(dx: number, dy: number) => number} [formula] of a heuristic that is none of the names
 *
 * @typedef {{cell: number, g: number, h: number, f: number, parent: number}} Opened cells row by row, −1 for none; lengths in cells
 * @typedef {Opened & {opened: Opened[], side?: number, round?: number, repair?: number, dropped?: number[], lost?: boolean}} Step
 */

/** A map on which one moves by a rule, with what each move costs. @param {Question} question */
export function groundOf({ terrain, diagonal, heuristic, weight }) {
  const [stride, cells] = [terrain.width + 2, terrain.padded()];
  return {
    terrain, stride, cells, scale: scale(terrain, { diagonal, heuristic, weight }), legal: legal(cells, stride, diagonal),
    at: ([x, y]) => (y + 1) * stride + x + 1,
    bare: (cell) => (Math.floor(cell / stride) - 1) * terrain.width + cell % stride - 1,
  };
}

/** The path, what it cost to find, and the first steps of the search. @param {Question} question @param {{most?: number, stop?: number}} [how] how many steps are told; after how many expansions to stop */
export function solve(question, { most = 0, stop = Infinity } = {}) {
  const began = performance.now();
  const search = new Search(question, most);
  const found = search.run(stop);
  const { ground: { terrain, bare }, expanded, steps } = search;
  const path = found ? search.path() : [];
  return {
    found, path: path.map((cell) => terrain.place(bare(cell))), cost: found ? search.cost(path) : null,
    expanded: expanded.length, generated: search.generated, reopened: expanded.length - new Set(expanded).size,
    milliseconds: performance.now() - began, order: expanded.map(bare), open: search.open.map(bare), steps, stepsLeftOut: expanded.length - steps.length,
    bound: bound(question), complete: true, facts: {}, algorithm: question.algorithm,
  };
}

/** How far a search has come. */
class Search {
  expanded = [];
  steps = [];
  #passedOver = 0;

  /** @param {Question} question @param {number} most */
  constructor(question, most) {
    const ground = groundOf(question);
    const { cells, stride, scale: { straight, diagonal }, at } = ground;
    Object.assign(this, { ground, most, cells, legal: ground.legal, straight });
    const greedy = question.algorithm === "greedy";
    const [start, goals] = [at(question.start), places(question.goal).map(at)];
    const heuristic = question.algorithm === "dijkstra" ? "zero" : question.heuristic;
    this.goals = new Set(goals);
    this.estimate = tableOf(heuristic, ground, goals, { landmarks: question.landmarks?.map(at), formula: heuristic === "zero" ? undefined : question.formula });
    this.h = question.algorithm === "weighted" ? times(this.estimate, question.weight) : this.estimate;
    this.heavy = !greedy && !ground.terrain.uniform;
    this.step = WAYS.map(([dx, dy]) => dy * stride + dx);
    this.price = WAYS.map((_, way) => (greedy ? 0 : way < 4 ? straight : diagonal));
    this.g = new Float64Array(cells.length).fill(Infinity);
    this.came = new Int8Array(cells.length).fill(-1);
    [this.ones, this.roots] = most ? [new Float64Array(cells.length), new Float64Array(cells.length)] : []; // the way so far as a + b√2
    this.g[start] = 0;
    this.later = new Map([[this.h[start], [start]]]); // the levels whose turn will come, by f
    this.waiting = new Heap();
    this.waiting.push(this.h[start]);
    this.order = ordering(question.ties, this.g, { start: question.start, goal: places(question.goal)[0], stride });
  }

  /** Whether a goal is reached. */
  run(stop) {
    while (this.waiting.size) {
      const least = this.waiting.pop();
      const level = this.later.get(least);
      this.later.delete(least);
      if (level.length > 1) this.order.arrange(level);
      while (level.length) {
        const cell = level.pop();
        if (this.g[cell] + this.h[cell] < least) {
          this.#passedOver++;
          continue;
        }
        if (this.goals.has(cell) || this.expanded.length >= stop) {
          this.later.set(least, [...level, cell]);
          this.reached = cell;
          return this.goals.has(cell);
        }
        this.#expand(cell, least, level);
        if (this.waiting.least < least) {
          this.#wait(level, least);
          break;
        }
      }
    }
    return false;
  }

  /** Opens the neighbours of a cell of this level. */
  #expand(cell, least, level) {
    const { legal, step, price, cells, g, came, h, later, heavy } = this;
    const opened = this.steps.length < this.most ? [] : null;
    let following = 0; // opened a moment ago, with the level's own f
    this.expanded.push(cell);
    for (let way = 0; way < 8; way++) {
      if (!(legal[cell] >> way & 1)) continue;
      const near = cell + step[way];
      const next = g[cell] + (heavy ? price[way] * cells[near] : price[way]);
      if (next >= g[near]) continue;
      g[near] = next;
      came[near] = way;
      const f = next + h[near];
      opened?.push(this.#opened(cell, near, way, f));
      if (f === least) {
        if (following) this.order.place(level, following);
        following = near;
      } else if (later.has(f)) later.get(f).push(near);
      else this.#wait([near], f);
    }
    if (following) this.order.place(level, following);
    if (opened) this.steps.push({ ...this.#told(cell, least), opened });
  }

  /** A level whose turn will come, or come again. */
  #wait(level, f) {
    if (level.length > 1) this.order.arrange(level);
    this.later.set(f, level);
    this.waiting.push(f);
  }

  #opened(cell, near, way, f) {
    const weight = this.cells[near];
    this.ones[near] = this.ones[cell] + (way < 4 ? weight : 0);
    this.roots[near] = this.roots[cell] + (way < 4 ? 0 : weight);
    return this.#told(near, f);
  }

  #told(cell, f) {
    const { bare } = this.ground;
    const parent = this.came[cell] < 0 ? -1 : bare(cell - this.step[this.came[cell]]);
    return { cell: bare(cell), g: this.ones[cell] + this.roots[cell] * Math.SQRT2, h: this.estimate[cell] / this.straight, f: f / this.straight, parent };
  }

  get generated() {
    return this.expanded.length + this.#passedOver + [...this.later.values()].reduce((sum, level) => sum + level.length, 0);
  }

  /** The cells that wait to be expanded. */
  get open() {
    return [...this.later].flatMap(([f, level]) => level.filter((cell) => this.g[cell] + this.h[cell] === f));
  }

  path() {
    const path = [this.reached];
    for (let cell = this.reached; this.came[cell] >= 0;) path.push(cell -= this.step[this.came[cell]]);
    return path.reverse();
  }

  cost(path) {
    let [ones, roots] = [0, 0];
    for (let i = 1; i < path.length; i++) {
      if ([1, this.ground.stride].includes(Math.abs(path[i] - path[i - 1]))) ones += this.cells[path[i]];
      else roots += this.cells[path[i]];
    }
    return ones + roots * Math.SQRT2;
  }
}

/** How many times as much as the cheapest a path costs at most; null where nothing is known. */
export function bound({ algorithm, heuristic, diagonal, weight }) {
  if (algorithm === "dijkstra") return 1;
  if (!admissible(heuristic, diagonal) || algorithm === "greedy") return null;
  return algorithm === "weighted" ? weight : 1;
}

/** What the cheapest path costs, null where there is none. @param {Question} question */
export function optimum(question) {
  return solve({ ...question, algorithm: "astar", heuristic: "octile", weight: 1, formula: undefined, ties: "high-g" }).cost;
}

/** Which of several cells with the same f is taken first: a level is taken from its end. */
function ordering(ties, g, { start, goal, stride }) {
  if (ties === "fifo") return { arrange: (level) => level.reverse(), place: (level, cell) => level.unshift(cell) };
  const [[sx, sy], [gx, gy]] = [start, goal];
  const cross = (cell) => Math.abs((cell % stride - 1 - gx) * (sy - gy) - (sx - gx) * (Math.floor(cell / stride) - 1 - gy));
  const rank = ties === "cross" ? (cell) => -cross(cell) : ties === "low-g" ? (cell) => -g[cell] : (cell) => g[cell];
  return {
    arrange: (level) => level.sort((a, b) => rank(a) - rank(b)),
    place(level, cell) {
      let [low, high] = [0, level.length];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (rank(cell) < rank(level[middle])) high = middle;
        else low = middle + 1;
      }
      level.splice(low, 0, cell);
    },
  };
}
