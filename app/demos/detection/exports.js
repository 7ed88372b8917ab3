// What is kept, written for other programs: COCO's JSON, VOC's XML, a table, a drawing. Knows no page.
// @ts-check

/**
 * @typedef {{name: string, width: number, height: number, classes: string[]}} Picture name: what its file would be called
 * @typedef {import("./objects.js").Seen} Seen
 */

// COCO numbers its categories from 1 to 90 and leaves these out; those in use stand in the order of our classes.
const UNUSED = new Set([12, 26, 29, 30, 45, 66, 68, 69, 71, 83]);
const COCO_IDS = Array.from({ length: 90 }, (_, i) => i + 1).filter((id) => !UNUSED.has(id));
const COLOURS = ["#d43c11", "#3976ce", "#557060", "#b7ab64", "#ad719d", "#71b2c7", "#405643", "#9f2497"]; // of tokens.css
const INKS = ["#fff", "#fff", "#fff", "#000", "#000", "#000", "#fff", "#fff"];

/** @param {Picture} picture @param {Seen[]} objects */
export function coco({ name, width, height, classes }, objects) {
  const id = (label) => (classes.length === COCO_IDS.length ? COCO_IDS[classes.indexOf(label)] : classes.indexOf(label) + 1);
  const annotations = objects.map(({ label, score, box: [x0, y0, x1, y1] }, place) => {
    const bbox = [x0, y0, x1 - x0, y1 - y0].map(hundredths);
    return { id: place + 1, image_id: 1, category_id: id(label), bbox, area: hundredths(bbox[2] * bbox[3]), iscrowd: 0, score };
  });
  const categories = classes.map((label) => ({ id: id(label), name: label }));
  return JSON.stringify({ images: [{ id: 1, file_name: name, width, height }], annotations, categories }, null, 1);
}

/** VOC counts pixels from 1 and its boxes end on the last pixel inside. @param {Picture} picture @param {Seen[]} objects */
export function voc({ name, width, height }, objects) {
  const pixel = (value, edge) => Math.max(1, Math.min(edge, Math.round(value)));
  const found = objects.map(({ label, box: [x0, y0, x1, y1] }) => {
    const corners = { xmin: pixel(x0 + 1, width), ymin: pixel(y0 + 1, height), xmax: pixel(x1, width), ymax: pixel(y1, height) };
    const box = Object.entries(corners).map(([side, value]) => `<${side}>${value}</${side}>`).join("");
    return `  <object><name>${escaped(label)}</name><pose>Unspecified</pose><truncated>0</truncated><difficult>0</difficult><bndbox>${box}</bndbox></object>`;
  });
  const size = `  <size><width>${width}</width><height>${height}</height><depth>3</depth></size>`;
  return ["<annotation>", `  <filename>${escaped(name)}</filename>`, size, "  <segmented>0</segmented>", ...found, "</annotation>", ""].join("\n");
}

/** @param {Seen[]} objects */
export function csv(objects) {
  const rows = objects.map(({ label, score, box }) => [quoted(label), score, ...box.map(hundredths)].join(","));
  return ["label,score,x0,y0,x1,y1", ...rows, ""].join("\r\n");
}

/** A drawing that stands alone. @param {Picture} picture @param {Seen[]} objects best first @param {string} photo as a data: address */
export function svg({ width, height, classes }, objects, photo) {
  const letters = Math.max(12, Math.max(width, height) / 42);
  const boxes = [...objects].reverse().map((seen) => drawn(seen, letters, classes.indexOf(seen.label) % COLOURS.length, width));
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-weight="600" font-size="${hundredths(letters)}">`;
  return [open, `<image width="${width}" height="${height}" href="${escaped(photo)}"/>`, ...boxes, "</svg>", ""].join("\n");
}

function drawn({ label, score, box: [x0, y0, x1, y1] }, letters, colour, width) {
  const text = `${label} ${score.toFixed(2)}`;
  const [w, h] = [(text.length * 0.56 + 0.8) * letters, 1.35 * letters];
  const [x, y] = [Math.max(0, Math.min(x0, width - w)), Math.max(0, y0 - h)].map(hundredths);
  const [left, top, wide, high] = [x0, y0, x1 - x0, y1 - y0].map(hundredths);
  return [
    `<rect x="${left}" y="${top}" width="${wide}" height="${high}" fill="none" stroke="${COLOURS[colour]}" stroke-width="${hundredths(letters / 6)}"/>`,
    `<rect x="${x}" y="${y}" width="${hundredths(w)}" height="${hundredths(h)}" fill="${COLOURS[colour]}"/>`,
    `<text x="${hundredths(x + 0.4 * letters)}" y="${hundredths(y + letters)}" fill="${INKS[colour]}">${escaped(text)}</text>`,
  ].join("");
}

const hundredths = (value) => Math.round(value * 100) / 100;
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
