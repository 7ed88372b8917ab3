// How many lines each script and each of its functions has; those of functions inside a function are theirs, not its own.

const { parse } = require("internal/deps/acorn/acorn/dist/acorn"); // node's own parser of JavaScript
const { readFileSync } = require("node:fs");

const files = JSON.parse(readFileSync(0, "utf8"));
const lines = ({ start, end }) => end.line - start.line + 1;

/** @returns {number} the lines of the functions below a node that are in no other function; each is told to `found` */
function walk(node, found) {
  if (!node || typeof node !== "object") return 0;
  if (Array.isArray(node)) return node.reduce((sum, each) => sum + walk(each, found), 0);
  const inner = Object.entries(node).reduce((sum, [name, each]) => sum + (name === "loc" ? 0 : walk(each, found)), 0);
  if (!/Function/.test(node.type ?? "")) return inner;
  const all = lines(node.loc);
  found.push([node.loc.start.line, all - inner]);
  return all > 1 ? all : 0; // what stands on one line of the outer function is the outer function's
}

const told = Object.entries(files).map(([name, text]) => {
  const functions = [];
  walk(parse(text, { ecmaVersion: "latest", sourceType: "module", allowHashBang: true, locations: true }), functions);
  return [name, { lines: text.split("\n").length - 1, functions }];
});
console.log(JSON.stringify(Object.fromEntries(told)));
