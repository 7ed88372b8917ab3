// The four views under the square, loaded when a reader first touches the bench: until then they stand as the server drew them.
// @ts-check

export { default as odds } from "./odds.js";
export { default as people } from "./people.js";
export { default as table } from "./table.js";
export { default as tree } from "./tree.js";
