// An estimate held against the truth: where it says too much, where it falls by more than a move costs. Knows no page.
// @ts-check

import { groundOf } from "./best_first.js";
import { distances, tableOf } from "./heuristics.js";
import { places, WAYS } from "./terrain.js";

/**
 * For every cell, in lengths of cells: the estimate, the true distance to the nearest goal (Infinity where there is no path), and the moves
 * at which the estimate is inconsistent. @param {import("./best_first.js").Question} question
 */
export function held(question) {
  const ground = groundOf(question);
  const { terrain, cells, stride, legal, scale: { straight, diagonal }, at, bare } = ground;
  const goals = places(question.goal).map(at);
  const h = tableOf(question.heuristic, ground, goals, { landmarks: question.landmarks?.map(at), formula: question.formula });
  const far = distances(ground, goals, true);
  const [estimate, truth] = [new Float64Array(terrain.cells.length), new Float64Array(terrain.cells.length)];
  const above = [];
  const inconsistent = [];
  for (let cell = 0; cell < cells.length; cell++) {
    if (!cells[cell]) continue;
    estimate[bare(cell)] = h[cell] / straight;
    truth[bare(cell)] = far[cell] / straight;
    if (h[cell] > far[cell]) above.push(bare(cell));
    for (let way = 0; way < 8; way++) {
      if (!(legal[cell] >> way & 1)) continue;
      const near = cell + WAYS[way][1] * stride + WAYS[way][0];
      const cost = (way < 4 ? straight : diagonal) * cells[near];
      if (h[cell] > cost + h[near]) inconsistent.push({ from: bare(cell), to: bare(near), falls: (h[cell] - h[near]) / straight, cost: cost / straight });
    }
  }
  return { estimate, truth, above, inconsistent };
}
