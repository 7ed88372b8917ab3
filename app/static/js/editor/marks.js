// Marks around what is selected: bold, italic, a link; and an address that is pasted over words.
// @ts-check

/** @typedef {import("./plain.js").Writing} Writing */

const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/;

/** Puts a mark around the selection, or takes it away. @param {Writing} writing @param {string} mark */
export function around(writing, mark) {
  const [from, to] = writing.selection;
  const { text } = writing;
  const inside = text.slice(from, to);
  const marked = text.slice(from - mark.length, from) === mark && text.slice(to, to + mark.length) === mark
    && !(mark === "*" && text.slice(from - 2, from) === "**" && text.slice(from - 3, from) !== "***");
  if (marked) writing.change(from - mark.length, to + mark.length, inside, [from - mark.length, to - mark.length]);
  else writing.change(from, to, mark + inside + mark, [from + mark.length, to + mark.length]);
}

/** Makes a link of the selection, with the cursor where its address goes. @param {Writing} writing */
export function link(writing, address = "") {
  const [from, to] = writing.selection;
  const words = writing.text.slice(from, to);
  const place = from + words.length + 3;
  writing.change(from, to, `[${words}](${address})`, words && !address ? [place, place] : words ? undefined : [from + 1, from + 1]);
}

/** A block on lines of its own, at the cursor. @param {Writing} writing @param {string} block */
export function insertBlock(writing, block) {
  const [from, to] = writing.selection;
  const before = writing.text.slice(0, from);
  const after = writing.text.slice(to);
  const head = before === "" || before.endsWith("\n\n") ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const tail = after === "" || after.startsWith("\n\n") ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const end = from + head.length + block.length;
  writing.change(from, to, head + block + tail, [end, end]);
}

/** Whether pasting this makes a link of what is selected. @param {Writing} writing @param {string} pasted */
export function linksTo(writing, pasted) {
  const [from, to] = writing.selection;
  const words = writing.text.slice(from, to);
  return from !== to && !words.includes("\n") && !ADDRESS.test(words) && ADDRESS.test(pasted.trim());
}
