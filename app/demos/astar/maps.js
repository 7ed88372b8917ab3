// Maps out of text: those of the server by name, codes, MovingAI's format and plain rows; and back into MovingAI's.
// @ts-check

import { LARGEST, Terrain } from "./terrain.js";

const LETTERS = /^[.GS@OTW1-9]+$/;

/** The map that a text names or describes; of a name also its own start and goal, and its puzzle. Raises Error with a sentence. */
export async function ready(text) {
  if (/^\d+x\d+:/.test(text)) return { terrain: Terrain.decode(text) };
  if (!/^[a-z-]+(:\d+x\d+:\d+)?$/.test(text)) return { terrain: read(text) };
  const answer = await fetch(`/api/v1/demos/astar?${new URLSearchParams({ map: text })}`, { headers: { Accept: "application/json" } });
  const told = await answer.json();
  if (!answer.ok) throw new Error(told.problems?.map ?? told.error);
  const [start, goal] = told.ends;
  return { terrain: Terrain.decode(told.map), start, goal, puzzle: told.puzzle, name: text };
}

/** MovingAI's text, or rows of its letters. Raises Error with a sentence. */
export function read(text) {
  const header = text.match(/^\s*type\s+octile\s+height\s+(\d+)\s+width\s+(\d+)\s+map\s+/);
  const rows = (header ? text.slice(header[0].length) : text.replaceAll("/", "\n")).split(/\s+/).filter(Boolean);
  const [height, width] = header ? [Number(header[1]), Number(header[2])] : [rows.length, rows[0]?.length];
  if (rows.length !== height || rows.some((row) => row.length !== width)) throw new Error(`The map says it is ${width} × ${height} cells, and other rows follow.`);
  if (Math.max(width, height) > LARGEST) throw new Error(`${width} × ${height} cells are too many; ${LARGEST} a side at most.`);
  const strange = rows.find((row) => !LETTERS.test(row));
  if (strange) throw new Error(`A map has the letters . G S for free, @ O T W for walls, and 1 to 9 for weights; here is “${strange.match(/[^.GS@OTW1-9]/)?.[0]}”.`);
  return Terrain.fromRows(rows);
}

/** A map in MovingAI's format. @param {Terrain} terrain */
export function written({ width, height, cells }) {
  const letters = Array.from(cells, (weight) => (weight === 0 ? "@" : weight === 1 ? "." : String(weight)));
  const rows = Array.from({ length: height }, (_, y) => letters.slice(y * width, (y + 1) * width).join(""));
  return ["type octile", `height ${height}`, `width ${width}`, "map", ...rows, ""].join("\n");
}

/** @typedef {{bucket: number, width: number, height: number, start: number[], goal: number[], length: number}} Scenario */

/** The scenarios of a .scen file. Raises Error with the line that is wrong. @returns {Scenario[]} */
export function scenarios(text) {
  const lines = text.trim().split(/\r?\n/);
  if (!lines[0].startsWith("version")) throw new Error("The first line of a file of scenarios is “version 1”.");
  return lines.slice(1).filter((line) => line.trim()).map((line, i) => {
    const fields = line.includes("\t") ? line.split("\t") : line.trim().split(/\s+/);
    const [bucket, width, height, sx, sy, gx, gy, length] = [fields[0], ...fields.slice(2)].map(Number);
    if (fields.length !== 9 || ![bucket, width, height, sx, sy, gx, gy, length].every(Number.isFinite)) throw new Error(`Line ${i + 2} is not bucket, map, width, height, start x and y, goal x and y, length.`);
    return { bucket, width, height, start: [sx, sy], goal: [gx, gy], length };
  });
}

/** Scenarios of a map in that format: pairs of cells, with the length that was found. */
export function scenariosWritten(name, { width, height }, found) {
  const rows = found.map(({ start, goal, length }) => [Math.floor(length / 4), name, width, height, ...start, ...goal, length.toFixed(8)].join("\t"));
  return ["version 1", ...rows, ""].join("\n");
}
