// What differs between two texts, line by line, so that an author can choose with open eyes.
// @ts-check

const AROUND = 2; // lines that stay, shown before and after what does not
const MOST = 1500; // lines of which a table of pairs is still quick

/**
 * @typedef {{kind: "same" | "out" | "in", text: string}} Line
 * @param {string} before @param {string} after
 * @returns {Line[]}
 */
export function compared(before, after) {
  const one = before.split("\n");
  const other = after.split("\n");
  let start = 0;
  while (start < one.length && start < other.length && one[start] === other[start]) start += 1;
  let end = 0;
  while (end < one.length - start && end < other.length - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  const middle = between(one.slice(start, one.length - end), other.slice(start, other.length - end));
  return [...all("same", one.slice(0, start)), ...middle, ...all("same", one.slice(one.length - end))];
}

/** The same as a list: what goes, what comes, and a few lines around. */
export function drawn(before, after) {
  const list = Object.assign(document.createElement("ol"), { className: "difference" });
  const told = compared(before, after);
  const near = told.map((_, index) => told.slice(Math.max(0, index - AROUND), index + AROUND + 1).some(({ kind }) => kind !== "same"));
  let skipped = 0;
  const skip = () => {
    if (skipped) list.append(item("skipped", skipped === 1 ? "One line that stays" : `${skipped} lines that stay`));
    skipped = 0;
  };
  for (const [index, { kind, text }] of told.entries()) {
    if (!near[index]) skipped += 1;
    else {
      skip();
      list.append(item(kind, text));
    }
  }
  skip();
  return list;
}

function item(kind, text) {
  const line = Object.assign(document.createElement("li"), { className: kind });
  const mark = kind === "in" ? "ins" : kind === "out" ? "del" : "span";
  line.append(Object.assign(document.createElement(mark), { textContent: text || " " }));
  return line;
}

const all = (kind, texts) => texts.map((text) => ({ kind, text }));

// The longest common subsequence, by the table of Wagner and Fischer (1974).
function between(one, other) {
  if (one.length > MOST || other.length > MOST) return [...all("out", one), ...all("in", other)];
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i -= 1) {
    for (let j = other.length - 1; j >= 0; j -= 1) {
      longest[i * width + j] = one[i] === other[j]
        ? longest[(i + 1) * width + j + 1] + 1
        : Math.max(longest[(i + 1) * width + j], longest[i * width + j + 1]);
    }
  }
  const told = [];
  let i = 0;
  let j = 0;
  while (i < one.length && j < other.length) {
    if (one[i] === other[j]) {
      told.push({ kind: "same", text: one[i] });
      i += 1;
      j += 1;
    }
    else if (longest[(i + 1) * width + j] >= longest[i * width + j + 1]) told.push({ kind: "out", text: one[i++] });
    else told.push({ kind: "in", text: other[j++] });
  }
  return [...told, ...all("out", one.slice(i)), ...all("in", other.slice(j))];
}
