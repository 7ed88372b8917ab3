// The atlas: what a layer tells apart, as a map. Each cell is a direction of the layer, drawn; near cells are like one another.
// @ts-check

import { choice, dressed, html, svg } from "./elements.js";
import { fine, holding, moved, WHOLE, zoomed } from "./zoom.js";

const [IN, OUT] = [0.8, 1.25];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/**
 * @typedef {[number, number, number, number, number, number]} Cell column, row, how many places, picture, and x, y of its most typical place
 * @typedef {{network: string, layer: string, window: number, tile: number, columns: number, variance: number[], pictures: string[], grids: {side: number, first: number, cells: Cell[]}[]}} Atlas
 * @param {HTMLElement} root @param {import("./panel.js").View} view
 */
export default async function atlas(root, view) {
  dressed("parts.css");
  const { about, sheets } = view;
  if (!about.atlas.length) return root.replaceChildren(html("p", {}, "Nobody has drawn an atlas on this server yet."));
  const map = svg("svg", { class: "map", role: "group", "aria-label": "Atlas: the arrow keys go from cell to cell, plus and minus zoom" });
  const beside = html("div", { class: "legend" });
  const words = html("p", {});
  /** @type {Atlas} */
  let read;
  let [known, shown, grid, cell] = [about.atlas[0], WHOLE, -1, 0];

  const tool = (sign, label, act) => Object.assign(html("button", { type: "button", "aria-label": label }, sign), { onclick: act });
  const tools = html("div", { class: "tools" },
    tool("+", "Closer", () => look(zoomed(shown, IN ** 2, middle()))), tool("−", "Farther", () => look(zoomed(shown, OUT ** 2, middle()))), tool("All", "The whole map", () => look(WHOLE)));
  root.replaceChildren(html("div", { class: "atlas" }, words, choice("Layer", about.atlas.map(({ name, title }) => [name, title]), open), html("div", { class: "both" }, html("div", {}, map, tools), beside)));

  const middle = () => [shown.x + shown.side / 2, shown.y + shown.side / 2];

  async function open(name) {
    known = about.atlas.find((each) => each.name === name);
    const answer = await fetch(known.json);
    if (!answer.ok) return;
    read = await answer.json();
    grid = -1;
    const [across, down] = read.variance.map((share) => Math.round(100 * share));
    words.textContent = `Places of the gallery, by what ${read.layer} says of them: across and down are the two directions in which they differ most, ${across} % and ${down} % of all difference. Each cell is drawn from the mean of its places.`;
    look(WHOLE);
  }

  /** Shows a window of the map, with the finer of its grids where that can be seen. */
  function look(next) {
    shown = next;
    map.setAttribute("viewBox", `${shown.x} ${shown.y} ${shown.side} ${shown.side}`);
    map.classList.toggle("near", shown.side < 1);
    const wanted = read.grids.length > 1 && fine(shown) ? 1 : 0;
    if (wanted !== grid) lay(wanted);
  }

  function lay(number) {
    const focused = map.contains(document.activeElement);
    const before = grid >= 0 ? where(grid, cell) : null;
    grid = number;
    map.replaceChildren(...read.grids[grid].cells.map((_, i) => icon(i)));
    choose(before ? nearest(before) : 0, { focused });
  }

  function icon(i) {
    const { first } = read.grids[grid];
    const { x, y, side } = where(grid, i);
    const [k, { tile, columns }] = [first + i, read];
    const total = Math.max(...read.grids.map((each) => each.first + each.cells.length));
    const inner = svg("svg", { x, y, width: side, height: side, viewBox: `${(k % columns) * tile} ${Math.floor(k / columns) * tile} ${tile} ${tile}` }, svg("image", { href: known.sheet, width: columns * tile, height: Math.ceil(total / columns) * tile }));
    return svg("g", { class: "cell", "data-cell": i, tabindex: -1, role: "img", "aria-label": said(i) }, inner, svg("rect", { x, y, width: side, height: side }));
  }

  /** @returns {{x: number, y: number, side: number}} of a cell, in shares of the map */
  function where(number, i) {
    const { side, cells } = read.grids[number];
    return { x: cells[i][0] / side, y: cells[i][1] / side, side: 1 / side };
  }

  /** The cell of this grid that is nearest to the middle of one of the other grid. */
  function nearest({ x, y, side }) {
    const far = read.grids[grid].cells.map((_, i) => { const there = where(grid, i); return Math.hypot(there.x + there.side / 2 - x - side / 2, there.y + there.side / 2 - y - side / 2); });
    return far.indexOf(Math.min(...far));
  }

  const said = (i) => { const [, , count] = read.grids[grid].cells[i]; return `${count} ${count === 1 ? "place" : "places"} of the gallery`; };

  function choose(i, { focused = false } = {}) {
    cell = i;
    const [, , , picture, x, y] = read.grids[grid].cells[i];
    for (const each of map.children) each.setAttribute("tabindex", Number(each.dataset.cell) === i ? 0 : -1);
    for (const each of map.children) each.classList.toggle("on", Number(each.dataset.cell) === i);
    if (focused) map.children[i].focus({ preventScroll: true });
    const { layer, network } = read;
    const current = view.layer();
    const channel = current.network === network && current.layer === layer ? current.channel ?? 0 : 0;
    const photo = read.pictures[picture];
    const place = sheets.place(photo, [x, y], read.window, { network, layer, channel });
    const draw = () => view.draw({ network, layer, channel }, { question: "draw", objective: "direction", photo, x: Math.round(100 * x), y: Math.round(100 * y) });
    const line = html("p", {}, `${said(i)}; this is the most typical.`);
    sheets.credits().then((all) => { if (all[photo]) line.append(` ${all[photo].caption}. ${all[photo].author}, ${all[photo].licence}.`); });
    beside.replaceChildren(place, line, Object.assign(html("button", { type: "button" }, "Draw its direction live"), { onclick: draw }));
  }

  listen(map, { read: () => shown, look });
  for (const type of ["pointerover", "focusin"]) map.addEventListener(type, ({ target }) => { const node = target.closest("[data-cell]"); if (node && Number(node.dataset.cell) !== cell) choose(Number(node.dataset.cell)); });
  map.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (event.key === "+" || event.key === "=") look(zoomed(shown, IN ** 2, middle()));
    else if (event.key === "-") look(zoomed(shown, OUT ** 2, middle()));
    else if (event.key === "Escape") look(WHOLE);
    else if (arrow) step(arrow);
    else return;
    event.preventDefault();
  });

  /** To the next cell in a direction, over gaps. */
  function step([dx, dy]) {
    const { cells } = read.grids[grid];
    const [column, row] = cells[cell];
    const ahead = cells.map(([c, r], i) => ({ i, along: (c - column) * dx + (r - row) * dy, aside: Math.abs((c - column) * dy) + Math.abs((r - row) * dx) })).filter(({ along }) => along > 0);
    if (!ahead.length) return;
    choose(ahead.sort((a, b) => a.along + 2 * a.aside - b.along - 2 * b.aside)[0].i, { focused: true });
    look(holding(shown, where(grid, cell)));
  }

  await open(known.name);
}

/** Wheel, pinch and drag. The wheel is the page’s until the map has been touched. */
function listen(map, { read, look }) {
  const fingers = new Map();
  const at = (event) => { const { left, top, width, height } = map.getBoundingClientRect(); const { x, y, side } = read(); return [x + ((event.clientX - left) / width) * side, y + ((event.clientY - top) / height) * side]; };
  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !map.contains(document.activeElement)) return;
    event.preventDefault();
    look(zoomed(read(), event.deltaY > 0 ? OUT : IN, at(event)));
  }, { passive: false });
  map.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); });
  map.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const shown = read();
    const share = shown.side / map.getBoundingClientRect().width;
    const [other] = [...fingers.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    if (other) look(zoomed(shown, gap(last) / gap(event), at({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 })));
    else if (shown.side < 1) look(moved(shown, (last.clientX - event.clientX) * share, (last.clientY - event.clientY) * share));
    fingers.set(event.pointerId, event);
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"]) map.addEventListener(type, (event) => fingers.delete(event.pointerId));
}
