// Where is the robot? A probability in every cell, sharpened by seeing, blurred by moving. As app/algorithms/bayes has it. Knows no page.
// @ts-check

/**
 * @typedef {number[][]} Belief rows that sum to 1
 * @typedef {string[][]} World letters of colours
 * @typedef {{hit: number, miss: number, slip: number, doubt: number, cyclic: boolean}} Ways how it sees and moves
 */

export const COLOURS = { r: "red", b: "blue", g: "green", y: "yellow" };
export const STEPS = { ">": [0, 1], "<": [0, -1], "^": [-1, 0], v: [1, 0] };

/** @param {World} world @returns {Belief} */
export function uniform(world) {
  const cells = world.reduce((sum, row) => sum + row.length, 0);
  return world.map((row) => row.map(() => 1 / cells));
}

/** The belief after a colour was seen, and how much of it expected that. @param {Belief} belief @param {World} world @returns {[Belief, number]} */
export function sense(belief, world, seen, { hit, miss }) {
  const weighed = belief.map((row, y) => row.map((p, x) => p * (world[y][x] === seen ? hit : miss)));
  const evidence = total(weighed);
  return evidence ? [weighed.map((row) => row.map((p) => p / evidence)), evidence] : [uniform(world), 0];
}

/** The belief after a move: each cell's probability lands one short, exactly there, or one too far. @param {Belief} belief @returns {Belief} */
export function move(belief, [down, right], { slip, cyclic }) {
  const after = belief.map((row) => row.map(() => 0));
  for (const [far, share] of lengths(slip)) {
    belief.forEach((row, y) => row.forEach((p, x) => {
      after[landed(y + down * far, belief.length, cyclic)][landed(x + right * far, row.length, cyclic)] += p * share;
    }));
  }
  return after;
}

/** That share of the belief spread over all cells. @param {Belief} belief @returns {Belief} */
export function doubt(belief, share) {
  const cells = belief.reduce((sum, row) => sum + row.length, 0);
  return belief.map((row) => row.map((p) => p * (1 - share) + share / cells));
}

/** Bits that are missing. @param {Belief} belief */
export const entropy = (belief) => -belief.flat().reduce((sum, p) => sum + (p > 0 ? p * Math.log2(p) : 0), 0);

/** Row and column of the highest cell, the first of equals. @param {Belief} belief */
export function likeliest(belief) {
  const best = belief.flat().reduce((at, p, i, all) => (p > all[at] ? i : at), 0);
  return [Math.floor(best / belief[0].length), best % belief[0].length];
}

/** The beliefs along a drive, the first before it. @param {World} world @param {string} drive @param {Ways} ways @returns {Belief[]} */
export function trail(world, drive, ways) {
  const beliefs = [uniform(world)];
  for (const action of drive) {
    const belief = beliefs[beliefs.length - 1];
    beliefs.push(action in COLOURS ? sense(doubt(belief, ways.doubt), world, action, ways)[0] : move(belief, STEPS[action], ways));
  }
  return beliefs;
}

/** Where a real robot ends, with the error that the filter reckons with. @param {() => number} draw from 0 to 1 */
export function driven([y, x], [down, right], world, { slip, cyclic }, draw) {
  const [far] = drawn(lengths(slip), draw);
  return [landed(y + down * far, world.length, cyclic), landed(x + right * far, world[0].length, cyclic)];
}

/** The colour that it reports from a cell. @param {() => number} draw from 0 to 1 */
export function glimpsed([y, x], world, { hit, miss }, draw) {
  const colours = [...new Set(world.flat())].sort();
  return drawn(colours.map((colour) => [colour, colour === world[y][x] ? hit : miss]), draw)[0];
}

/** A cell drawn from the belief. @param {Belief} belief @param {() => number} draw from 0 to 1 */
export const anywhere = (belief, draw) => drawn(belief.flatMap((row, y) => row.map((p, x) => [[y, x], p])), draw)[0];

const lengths = (slip) => [[0, slip], [1, 1 - 2 * slip], [2, slip]];
const landed = (position, size, cyclic) => (cyclic ? ((position % size) + size) % size : Math.max(0, Math.min(size - 1, position)));
const total = (rows) => rows.reduce((sum, row) => sum + row.reduce((part, p) => part + p, 0), 0);

function drawn(weighed, draw) {
  let chance = draw() * weighed.reduce((sum, [, weight]) => sum + weight, 0);
  return weighed.find(([, weight]) => (chance -= weight) < 0) ?? weighed[weighed.length - 1];
}
