// Makers of mazes and of open ground. The same seed makes the same map.
// @ts-check

import { Terrain } from "./terrain.js";

export const MAKERS = {
  backtracker: "Depth-first backtracker", prim: "Prim", kruskal: "Kruskal", wilson: "Wilson", division: "Recursive division", sidewinder: "Sidewinder",
  caves: "Caves", rooms: "Rooms", hills: "Hills of weights",
};
const SIDES = [[1, 0], [0, 1], [-1, 0], [0, -1]];

/** @returns {{terrain: Terrain, start: number[], goal: number[]}} */
export function make(maker, width, height, seed, braid = false) {
  const chance = random(seed * 7919 + maker.length * 104729 + maker.charCodeAt(0));
  const open = { caves, rooms, hills }[maker];
  const terrain = open ? open(width, height, chance) : maze(maker, width, height, chance);
  if (braid && !open) opened(terrain, chance);
  const free = [...terrain.cells.keys()].filter((cell) => terrain.cells[cell]);
  const connected = reached(terrain, open ? free[Math.floor(free.length / 2)] : free[0]);
  const by = (score) => connected.reduce((best, cell) => (score(...terrain.place(cell)) > score(...terrain.place(best)) ? cell : best));
  return { terrain, start: terrain.place(by((x, y) => -x - y)), goal: terrain.place(by((x, y) => x + y)) };
}

/** Numbers from 0 to 1 (Mulberry32). */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ state >>> 15, state | 1);
    mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
    return ((mixed ^ mixed >>> 14) >>> 0) / 4294967296;
  };
}

/** Cells that can be reached from one without diagonals. */
export function reached(terrain, from) {
  const seen = new Set([from]);
  for (const cell of seen) {
    const [x, y] = terrain.place(cell);
    for (const [dx, dy] of SIDES) {
      const near = terrain.at([x + dx, y + dy]);
      if (terrain.has(x + dx, y + dy) && terrain.cells[near]) seen.add(near);
    }
  }
  return [...seen];
}

/** Rooms stand at odd columns and rows, walls between them. */
function maze(maker, width, height, chance) {
  const terrain = new Terrain(width, height, new Uint8Array(width * height));
  const [across, down] = [(width - 1) >> 1, (height - 1) >> 1];
  const room = (at) => [2 * (at % across) + 1, 2 * Math.floor(at / across) + 1];
  const carve = (a, b) => {
    const [[ax, ay], [bx, by]] = [room(a), room(b)];
    for (const place of [[ax, ay], [(ax + bx) / 2, (ay + by) / 2], [bx, by]]) terrain.cells[terrain.at(place)] = 1;
  };
  const near = (at) => SIDES.map(([dx, dy]) => [at % across + dx, Math.floor(at / across) + dy]).filter(([x, y]) => x >= 0 && y >= 0 && x < across && y < down).map(([x, y]) => y * across + x);
  const grid = { count: across * down, across, down, near, carve, chance, pick: (list) => list[Math.floor(chance() * list.length)] };
  terrain.cells[terrain.at([1, 1])] = 1;
  ({ backtracker, prim, kruskal, wilson, division, sidewinder })[maker](grid);
  return terrain;
}

function backtracker({ near, carve, pick }) {
  const [seen, way] = [new Set([0]), [0]];
  while (way.length) {
    const here = way[way.length - 1];
    const fresh = near(here).filter((at) => !seen.has(at));
    if (!fresh.length) {
      way.pop();
      continue;
    }
    const next = pick(fresh);
    carve(here, next);
    seen.add(next);
    way.push(next);
  }
}

function prim({ near, carve, pick, chance }) {
  const seen = new Set([0]);
  const edge = near(0);
  const known = new Set(edge);
  while (edge.length) {
    const i = Math.floor(chance() * edge.length);
    const at = edge[i];
    edge[i] = edge[edge.length - 1];
    edge.pop();
    carve(at, pick(near(at).filter((each) => seen.has(each))));
    seen.add(at);
    for (const next of near(at)) if (!seen.has(next) && !known.has(next)) edge.push(next), known.add(next);
  }
}

function kruskal({ count, near, carve, chance }) {
  const over = Array.from({ length: count }, (_, i) => i);
  const root = (at) => { while (over[at] !== at) at = over[at] = over[over[at]]; return at; };
  const walls = shuffled(over.flatMap((at) => near(at).filter((other) => other > at).map((other) => [at, other])), chance);
  for (const [a, b] of walls) {
    if (root(a) === root(b)) continue;
    carve(a, b);
    over[root(a)] = root(b);
  }
}

/** Walks at random until the maze is met, loops cut out: every maze is equally likely. */
function wilson({ count, near, carve, pick }) {
  const inside = new Set([0]);
  for (let from = 1; from < count; from++) {
    const next = new Map();
    for (let at = from; !inside.has(at);) {
      const to = pick(near(at));
      next.set(at, to);
      at = to;
    }
    for (let at = from; !inside.has(at); at = next.get(at)) {
      carve(at, next.get(at));
      inside.add(at);
    }
  }
}

/** Halves a field by a wall with one gate, and each half again. */
function division({ across, down, carve, chance }) {
  const fields = [[0, 0, across, down]];
  while (fields.length) {
    const [x, y, w, h] = fields.pop() ?? [0, 0, 0, 0];
    if (w === 1 || h === 1) {
      for (let i = 0; i + 1 < w * h; i++) carve((y + (h === 1 ? 0 : i)) * across + x + (h === 1 ? i : 0), (y + (h === 1 ? 0 : i + 1)) * across + x + (h === 1 ? i + 1 : 0));
      continue;
    }
    const upright = w > h || (w === h && chance() < 0.5);
    const cut = 1 + Math.floor(chance() * ((upright ? w : h) - 1));
    const gate = Math.floor(chance() * (upright ? h : w));
    if (upright) carve((y + gate) * across + x + cut - 1, (y + gate) * across + x + cut);
    else carve((y + cut - 1) * across + x + gate, (y + cut) * across + x + gate);
    fields.push(...(upright ? [[x, y, cut, h], [x + cut, y, w - cut, h]] : [[x, y, w, cut], [x, y + cut, w, h - cut]]));
  }
}

function sidewinder({ across, down, carve, chance }) {
  for (let y = 0; y < down; y++) {
    for (let x = 0, first = 0; x < across; x++) {
      const on = x + 1 < across && (y === 0 || chance() < 0.5);
      if (on) carve(y * across + x, y * across + x + 1);
      else if (y) {
        const at = first + Math.floor(chance() * (x - first + 1));
        carve(y * across + at, (y - 1) * across + at);
      }
      if (!on) first = x + 1;
    }
  }
}

function caves(width, height, chance) {
  let terrain = new Terrain(width, height, Uint8Array.from({ length: width * height }, () => Number(chance() > 0.43)));
  for (let i = 0; i < 4; i++) {
    terrain = new Terrain(width, height, terrain.cells.map((_, cell) => {
      const [x, y] = terrain.place(cell);
      let walls = 0;
      for (let dx = -1; dx <= 1; dx++) for (let dy = -1; dy <= 1; dy++) walls += Number(!terrain.has(x + dx, y + dy) || !terrain.cells[terrain.at([x + dx, y + dy])]);
      return Number(walls < 5);
    }));
  }
  terrain.cells[terrain.at([width >> 1, height >> 1])] = 1;
  return terrain;
}

function rooms(width, height, chance) {
  const terrain = new Terrain(width, height);
  const [w, h] = [8, 6];
  for (let x = w; x < width - 2; x += w) for (let y = 0; y < height; y++) terrain.cells[terrain.at([x, y])] = 0;
  for (let y = h; y < height - 2; y += h) for (let x = 0; x < width; x++) terrain.cells[terrain.at([x, y])] = 0;
  const door = (x, y) => { if (terrain.has(x, y)) terrain.cells[terrain.at([x, y])] = 1; };
  for (let x = 0; x < width; x += w) {
    for (let y = 0; y < height; y += h) {
      if (chance() < 0.85) door(x + w, Math.min(height - 1, y + 1 + Math.floor(chance() * (h - 1))));
      if (chance() < 0.85) door(Math.min(width - 1, x + 1 + Math.floor(chance() * (w - 1))), y + h);
    }
  }
  return terrain;
}

/** Gradient noise (Perlin) in three octaves, as weights from 1 to 9. */
function hills(width, height, chance) {
  const angles = Float64Array.from({ length: 4096 }, () => chance() * 2 * Math.PI);
  const dot = (ix, iy, x, y) => { const angle = angles[(iy * 61 + ix) & 4095]; return Math.cos(angle) * (x - ix) + Math.sin(angle) * (y - iy); };
  const smooth = (t) => t * t * t * (t * (6 * t - 15) + 10);
  const between = (a, b, t) => a + (b - a) * t;
  const noise = (x, y) => {
    const [ix, iy] = [Math.floor(x), Math.floor(y)];
    const [tx, ty] = [smooth(x - ix), smooth(y - iy)];
    return between(between(dot(ix, iy, x, y), dot(ix + 1, iy, x, y), tx), between(dot(ix, iy + 1, x, y), dot(ix + 1, iy + 1, x, y), tx), ty);
  };
  return new Terrain(width, height, Uint8Array.from({ length: width * height }, (_, cell) => {
    const [x, y] = [cell % width / 9, Math.floor(cell / width) / 9];
    const high = noise(x, y) + noise(2 * x, 2 * y) / 2 + noise(4 * x, 4 * y) / 4;
    return Math.max(1, Math.min(9, Math.round(4 + 7 * high)));
  }));
}

/** Dead ends lose a wall, so that there is more than one way. */
function opened(terrain, chance) {
  const { width, height, cells } = terrain;
  for (let y = 1; y < height - 1; y += 2) {
    for (let x = 1; x < width - 1; x += 2) {
      const walls = SIDES.filter(([dx, dy]) => !cells[terrain.at([x + dx, y + dy])]);
      const inner = walls.filter(([dx, dy]) => x + 2 * dx > 0 && y + 2 * dy > 0 && x + 2 * dx < width - 1 && y + 2 * dy < height - 1);
      if (walls.length !== 3 || !inner.length) continue;
      const [dx, dy] = inner[Math.floor(chance() * inner.length)];
      cells[terrain.at([x + dx, y + dy])] = 1;
    }
  }
}

function shuffled(list, chance) {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(chance() * (i + 1));
    [list[i], list[j]] = [list[j], list[i]];
  }
  return list;
}
