// Answers the questions of a file as the bench does, and says where that differs from what is expected.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [, , folder, file] = process.argv;
const { solve } = await import(pathToFileURL(`${folder}/best_first.js`));
const { formula } = await import(pathToFileURL(`${folder}/formula.js`));
const { NAMES } = await import(pathToFileURL(`${folder}/heuristics.js`));
const { Terrain } = await import(pathToFileURL(`${folder}/terrain.js`));

const near = (a, b) => a === b || Math.abs(a - b) < 1e-9;
const told = (a, b) => a.cell === b.cell && a.parent === b.parent && near(a.g, b.g) && near(a.h, b.h) && near(a.f, b.f);
const same = (name, a, b) => {
  if (name === "cost") return near(a, b);
  if (name !== "steps") return JSON.stringify(a) === JSON.stringify(b);
  return a.length === b.length && a.every((one, i) => told(one, b[i]) && one.opened.length === b[i].opened.length && one.opened.every((each, j) => told(each, b[i].opened[j])));
};

const differences = [];
for (const { expected, map, ...question } of JSON.parse(readFileSync(file))) {
  const terrain = Terrain.decode(map);
  const found = solve({ ...question, terrain, formula: NAMES.includes(question.heuristic) ? undefined : formula(question.heuristic) }, { most: Infinity });
  if (terrain.code !== map) differences.push({ map, code: terrain.code });
  for (const name of Object.keys(expected)) if (!same(name, found[name], expected[name])) differences.push({ name, map, ...question, found: found[name], expected: expected[name] });
}
console.log(JSON.stringify(differences.slice(0, 3)));
