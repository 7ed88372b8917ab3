// A Gram matrix to be looked into: choose a cell, and see its two feature maps and where both fire. One picture, or two.
// @ts-check

import { after, cellAt, corner, likeness, strongest } from "./heat.js";
import { figure } from "/static/js/words.js";

/**
 * The view in `root`; `names` are what the pictures are called. show(output) takes what a run of the demo gave.
 * @param {HTMLElement} root
 */
export function matrix(root, names = ["The picture", "Beside it"]) {
  styled();
  let shown = [];
  let channels = 0;
  let cell = [0, 0];

  const inputs = ["Map", "and map"].map((label, axis) => number(label, (value) => choose(axis ? [cell[0], value] : [value, cell[1]])));
  const said = Object.assign(element("p", "said"), { role: "status" });
  const styles = element("div", "styles");
  const bar = element("div", "cell");
  bar.append(...inputs.map(({ field }) => field));
  root.replaceChildren(bar, styles, said);
  root.classList.add("matrix");

  function choose(next) {
    cell = next.map((value) => Math.min(channels - 1, Math.max(0, value || 0)));
    inputs.forEach(({ input }, axis) => Object.assign(input, { value: cell[axis], max: channels - 1 }));
    for (const style of shown) style.draw(cell);
    said.textContent = shown.map((style) => style.words(cell)).join(" ");
  }

  const hover = (at) => { said.textContent = shown.map((style) => style.words(at ?? cell)).join(" "); };

  return {
    async show({ data, pictures, files }) {
      channels = data.channels;
      const found = await Promise.all([
        read(names[0], data, pictures, files.gram, ""),
        ...(data.beside ? [read(names[1], data.beside, pictures, files.beside, "beside")] : []),
      ]);
      shown = found.map((style) => oneStyle({ ...style, channels, layer: data.layer }, { choose, hover, at: () => cell }));
      styles.replaceChildren(...shown.map(({ figure: made }) => made));
      choose(strongest(found[0].gram, channels));
    },
  };
}

async function read(name, { columns, tile, peaks }, pictures, gram, prefix) {
  const address = (part) => pictures[prefix ? `${prefix}_${part}` : part];
  const [numbers, maps, picture] = await Promise.all([
    fetch(gram).then((answer) => answer.arrayBuffer()).then((bytes) => new Float32Array(bytes)),
    image(address("maps")),
    image(address("picture")),
  ]);
  return { name, columns, tile, peaks, gram: numbers, maps, picture, heat: pictures[prefix || "result"] };
}

/** One picture's matrix with its three maps. */
function oneStyle(style, { choose, hover, at }) {
  const { name, channels, gram, heat, layer, tile } = style;
  const [made, square, mark] = [element("figure", "one"), element("div", "square"), element("span", "mark")];
  const canvases = [0, 1, 2].map(() => Object.assign(document.createElement("canvas"), { width: tile[0], height: tile[1] }));
  const captions = canvases.map(() => element("figcaption", ""));
  const maps = element("div", "maps");
  maps.append(...canvases.map((canvas, i) => { const map = element("figure", ""); map.append(canvas, captions[i]); return map; }));
  square.append(Object.assign(new Image(), { src: heat, alt: "", draggable: false }), mark);
  Object.entries({ role: "img", tabindex: "0", "aria-label": `Gram matrix of ${layer}, ${name}: ${channels} by ${channels} cells; arrow keys choose one` }).forEach(([key, value]) => square.setAttribute(key, value));
  made.append(Object.assign(element("figcaption", "name"), { textContent: name }), square, maps);

  const under = ({ clientX, clientY }) => {
    const { left, top, width } = square.getBoundingClientRect();
    return cellAt(clientX - left, clientY - top, width, channels);
  };
  square.addEventListener("pointermove", (event) => hover(under(event)));
  square.addEventListener("pointerleave", () => hover(null));
  square.addEventListener("click", (event) => choose(under(event)));
  square.addEventListener("keydown", (event) => {
    const next = after(event.key, at(), channels);
    if (!next) return;
    event.preventDefault();
    choose(next);
  });

  return {
    figure: made,
    words: ([i, j]) => `${name}: maps ${i} and ${j}, ${figure(gram[i * channels + j])}, ${Math.round(100 * likeness(gram, channels, [i, j]))} % alike.`,
    draw(cell) {
      mark.style.setProperty("--i", String(cell[0] / channels));
      mark.style.setProperty("--j", String(cell[1] / channels));
      mark.style.setProperty("--cell", String(1 / channels));
      cell.forEach((map, i) => paint(canvases[i], style, [map]));
      paint(canvases[2], style, cell);
      captions.forEach((caption, i) => { caption.textContent = i < 2 ? `Map ${cell[i]}, up to ${figure(style.peaks[cell[i]])}` : "Where both fire"; });
    },
  };
}

/** A map, or the product of two; the product lets the picture through where both fire. */
function paint(canvas, { maps, columns, tile, picture }, chosen) {
  const [width, height] = tile;
  const context = canvas.getContext("2d");
  context.globalCompositeOperation = "copy";
  for (const map of chosen) {
    context.drawImage(maps, ...corner(map, columns, tile), width, height, 0, 0, width, height);
    context.globalCompositeOperation = "multiply";
  }
  if (chosen.length < 2) return;
  context.globalCompositeOperation = "lighter"; // a product of two shares is dim
  for (let i = 0; i < 3; i++) context.drawImage(canvas, 0, 0);
  context.globalCompositeOperation = "multiply";
  context.drawImage(picture, 0, 0, width, height);
}

function number(label, choose) {
  const [field, input] = [element("label", "channel"), Object.assign(document.createElement("input"), { type: "number", min: "0", value: "0" })];
  field.append(label, input);
  input.addEventListener("input", () => choose(Number(input.value)));
  return { field, input };
}

async function image(url) {
  const made = Object.assign(new Image(), { src: url });
  await made.decode();
  return made;
}

function styled() {
  const href = new URL("matrix.css", import.meta.url).href;
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
}

const element = (tag, className) => Object.assign(document.createElement(tag), { className });
