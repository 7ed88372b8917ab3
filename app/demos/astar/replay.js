// What a search knew after some of its steps: the open list, what was expanded, and the counters. As app/algorithms/search/replay.py.
// @ts-check

/** The order among open cells of the same f, by what decides it, least first: known cell, place, start and goal. */
const ORDERS = {
  "high-g": ({ g, serial }) => [-g, -serial],
  "low-g": ({ g, serial }) => [g, -serial],
  fifo: ({ serial }) => [serial],
  lifo: ({ serial }) => [-serial],
  cross: ({ serial }, [x, y], [[sx, sy], [gx, gy]]) => [Math.abs((x - gx) * (sy - gy) - (sx - gx) * (y - gy)), -serial],
  cell: ({ g }, [x, y]) => [g, y, x],
};
const OWN = { breadth: "fifo", depth: "lifo", bidirectional: "high-g", jps: "high-g", ida: "lifo", theta: "high-g", dstar: "cell" };

/** By what an algorithm's open list is ordered where f is equal, if that order for ties is asked for. */
export function orderOf(algorithm, ties) {
  if (algorithm === "greedy" && ties.endsWith("g")) return "lifo"; // it does not look at g
  return OWN[algorithm] ?? ties;
}

const fresh = () => [0, 1].map(() => ({ open: new Map(), expanded: new Map() }));

export class Replay {
  /** @param {import("./best_first.js").Step[]} steps */
  constructor(steps) {
    this.steps = steps;
    this.#reset();
  }

  #reset() {
    Object.assign(this, { count: 0, sides: fresh(), round: 0, generated: 0, reopened: 0, peak: 0, current: null, rival: null });
  }

  /** Goes to where `count` cells had been expanded. */
  to(count) {
    const wanted = Math.max(0, Math.min(count, this.steps.length));
    if (wanted < this.count) this.#reset();
    while (this.count < wanted - 1) this.#advance();
    if (this.count < wanted) {
      this.rival = this.#least(this.steps[this.count].cell);
      this.#advance();
    }
    return this;
  }

  /** Every cell that has been opened, with what is known of it. */
  get all() {
    return new Map(this.sides.flatMap(({ open, expanded }) => [...expanded, ...open]));
  }

  /** Cells expanded and not opened again, in the order in which they were expanded first. */
  get closed() {
    return this.sides.flatMap(({ open, expanded }) => [...expanded.keys()].filter((cell) => !open.has(cell)));
  }

  get opened() {
    return this.sides.flatMap(({ open }) => [...open.keys()]);
  }

  /** Open cells, the next one first. @param {string} order @param {import("./terrain.js").Terrain} terrain @param {number[][]} line start and goal */
  openList(order, terrain, line) {
    const rank = ORDERS[order];
    const cells = this.sides.flatMap(({ open }) => [...open].map(([cell, known]) => ({ cell, ...known, by: [known.f, ...rank(known, terrain.place(cell), line)] })));
    const next = this.steps[this.count]?.cell;
    return cells.sort((a, b) => compared(a.by, b.by) || Number(b.cell === next) - Number(a.cell === next));
  }

  #advance() {
    const step = this.steps[this.count];
    if ((step.round ?? 0) !== this.round) Object.assign(this, { sides: fresh(), round: step.round });
    const side = this.sides[step.side ?? 0];
    const known = side.open.get(step.cell);
    if (side.expanded.has(step.cell)) this.reopened++;
    side.open.delete(step.cell);
    side.expanded.set(step.cell, { g: step.g, h: step.h, f: step.f, parent: step.parent, serial: known?.serial ?? 0 });
    if (step.lost) side.expanded.delete(step.cell);
    for (const { cell, ...opened } of step.opened) {
      side.open.delete(cell); // what is opened again stands last
      side.open.set(cell, { ...opened, serial: ++this.generated });
    }
    for (const cell of step.dropped ?? []) side.open.delete(cell);
    this.current = step;
    this.count++;
    this.peak = Math.max(this.peak, this.sides.reduce((sum, { open }) => sum + open.size, 0));
  }

  /** The least f that is open beside a cell; null where nothing is. */
  #least(cell) {
    let least = Infinity;
    for (const { open } of this.sides) for (const [other, { f }] of open) if (other !== cell && f < least) least = f;
    return least === Infinity ? null : least;
  }
}

function compared(a, b) {
  for (let i = 0; i < a.length; i++) if (Math.abs(a[i] - b[i]) > 1e-9) return a[i] - b[i];
  return 0;
}
