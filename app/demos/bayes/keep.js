// What is kept of the bench: its sentence, and its square with the people as a picture that stands alone.
// @ts-check

import { people as counted, sentence, square, table } from "./diagnosis.js";
import { crowd, dashes, dots } from "./people.js";
import { percent } from "./wording.js";

const COLOURS = { true_positive: "#d43c11", false_positive: "#3976ce", false_negative: "#f3cdbf", true_negative: "#c8d7f0" };
const [WIDTH, HEIGHT, INK] = [840, 480, "#24211e"];
const SCALE = 2; // pixels of the PNG for one of the drawing

/** @param {string} kind sentence, svg or png @param {{bench: any, test: import("./diagnosis.js").Test, problem: any, total: number}} shown */
export default async function keep(kind, { bench, test, problem, total }) {
  const words = `${sentence(test, problem.words, total)} That is ${percent(table(test).posterior)}.`;
  if (kind === "sentence") {
    const copied = await navigator.clipboard?.writeText(words).then(() => true, () => false);
    return bench.say(copied ? "Copied" : "This browser keeps its clipboard to itself");
  }
  const drawing = new Blob([drawn(test, words, total)], { type: "image/svg+xml" });
  hand(kind === "svg" ? drawing : await painted(drawing), `bayes.${kind}`);
}

/** The square, the people and the sentence as SVG. @param {import("./diagnosis.js").Test} test */
export function drawn(test, words, total) {
  const rects = Object.entries(square(test).rectangles).map(([group, { x, y, width, height }]) => {
    const [left, top, wide, high] = [x, 1 - y - height, width, height].map((share) => at(share * 320));
    return `<rect x="${left}" y="${top}" width="${wide}" height="${high}" fill="${COLOURS[group]}"/>`;
  });
  const seen = crowd(counted(test, total));
  const paths = Object.entries(dots(seen)).map(([group, d]) => `<path d="${d}" stroke="${COLOURS[group]}"/>`);
  const { prior, sensitivity, false_positive: cried } = test;
  const marks = [[60 + prior * 320, 30, "middle", prior], [52, 50 + (1 - sensitivity) * 320, "end", sensitivity], [388, 50 + (1 - cried) * 320, "start", cried]];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="14" fill="${INK}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    `<g transform="translate(60 44)">${rects.join("")}<rect width="320" height="320" fill="none" stroke="${INK}"/></g>`,
    `<g transform="translate(460 44) scale(0.85)" fill="none" stroke-linecap="round" stroke-width="${at(seen.cell * 0.72)}" stroke-dasharray="${dashes(seen.cell)}">${paths.join("")}</g>`,
    ...marks.map(([x, y, anchor, share]) => `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${percent(Number(share))}</text>`),
    ...lines(words, 78).map((line, i) => `<text x="60" y="${410 + 26 * i}" font-size="19">${escaped(line)}</text>`),
    "</svg>",
    "",
  ].join("\n");
}

/** Words in lines of so many letters. */
function lines(words, most) {
  const found = [""];
  for (const word of words.split(" ")) {
    const last = `${found[found.length - 1]} ${word}`.trim();
    if (last.length > most) found.push(word);
    else found[found.length - 1] = last;
  }
  return found;
}

function hand(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers read it a moment later
}

async function painted(drawing) {
  const url = URL.createObjectURL(drawing);
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  const sheet = Object.assign(document.createElement("canvas"), { width: WIDTH * SCALE, height: HEIGHT * SCALE });
  sheet.getContext("2d")?.drawImage(image, 0, 0, sheet.width, sheet.height);
  URL.revokeObjectURL(url);
  return /** @type {Promise<Blob>} */ (new Promise((resolve) => sheet.toBlob((blob) => resolve(/** @type {Blob} */ (blob)), "image/png")));
}

const at = (value) => Math.round(value * 10) / 10;
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
