// The bench of A*: a canvas takes over the map that the server drew; a touch brings the desk at which it is worked on.
// @ts-check

import { FAMILY, solve } from "./best_first.js";
import { Board } from "./board.js";
import { NAMES } from "./heuristics.js";
import { Terrain } from "./terrain.js";

const TOUCHES = ["pointerenter", "pointerdown", "focusin"];

export default (bench) => {
  const place = bench.find("astar");
  const { code, start, goals } = place.dataset;
  const now = { terrain: Terrain.decode(code), start: JSON.parse(start), goals: JSON.parse(goals) };
  const board = new Board(place.querySelector("canvas"), place.querySelector("[data-palette]"));
  const { map, steps, landmarks, changes, ...options } = bench.fields.values();
  let [desk, pressed] = [null, null];

  const open = () => desk ??= import("./desk.js").then(({ Desk }) => new Desk(bench, board, now));
  const touched = async (event) => {
    if (event.type === "pointerdown") pressed = event;
    const { pens } = await open();
    for (const touch of TOUCHES) bench.removeEventListener(touch, touched, true);
    if (pressed?.target === board.canvas) pens.down(pressed);
    pressed = null;
  };
  for (const touch of TOUCHES) bench.addEventListener(touch, touched, { capture: true, passive: true });
  bench.addEventListener("values", async () => (await open()).read());

  if (FAMILY.includes(options.algorithm) && NAMES.includes(options.heuristic) && !landmarks) {
    place.toggleAttribute("data-drawn", true);
    board.draw({ ...now, ...solve({ ...options, ...now, goal: now.goals }) });
  }
  return { instant: Object.keys(bench.fields.values()) };
};
