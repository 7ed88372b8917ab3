// The area square: base rate in width, the test's rates in height. Its three edges are dragged.
// @ts-check

import { rounded } from "./drag.js";
import { grip, limited } from "./grips.js";
import { percent } from "./wording.js";

const SIDE = 300;
const BOX = { x: -56, y: -50, width: 412, height: 370 }; // of the drawing, with room for words around the square
const ABOVE = 14; // the base rate's handle, so that it is not under another one in a corner
const NEAR = 0.05; // of the side: an edge is taken by its whole length

/** @param {HTMLElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default function square(place, { set }) {
  const x = (at) => limited((at * BOX.width + BOX.x) / SIDE);
  const y = (at) => limited(1 - (at * BOX.height + BOX.y) / SIDE);
  const one = (name, label, drag) => grip(place, { label, kind: name, set: (value) => set({ [name]: value }), drag: (across, down) => set({ [name]: rounded(100 * drag(across, down)) }) });
  const drags = { prior: (across) => x(across), sensitivity: (_, down) => y(down), false_positive: (_, down) => y(down) };
  const grips = {
    prior: one("prior", "Square: base rate", drags.prior),
    sensitivity: one("sensitivity", "Square: sensitivity", drags.sensitivity),
    false_positive: one("false_positive", "Square: false positives", drags.false_positive),
  };
  let test = { prior: 0, sensitivity: 0, false_positive: 0 };

  place.addEventListener("pointerdown", (event) => {
    if (event.target.closest(".grip")) return;
    const { left, top, width, height } = place.getBoundingClientRect();
    const [px, py] = [(event.clientX - left) / width, (event.clientY - top) / height];
    const side = x(px) < test.prior ? "sensitivity" : "false_positive";
    const gaps = { prior: Math.abs(x(px) - test.prior), [side]: Math.abs(y(py) - test[side]) };
    const name = Object.keys(gaps).sort((a, b) => gaps[a] - gaps[b])[0];
    if (gaps[name] < NEAR) grips[name].take(event);
  });

  return {
    show({ square: { rectangles } }, next) {
      test = next;
      fill(place, rectangles);
      for (const name of Object.keys(grips)) mark(place, name, test, grips[name]);
    },
  };
}

/** The four groups as parts of the square. */
function fill(place, rectangles) {
  for (const [group, at] of Object.entries(rectangles)) {
    const sides = { x: at.x * SIDE, y: (1 - at.y - at.height) * SIDE, width: at.width * SIDE, height: at.height * SIDE };
    for (const [name, value] of Object.entries(sides)) place.querySelector(`[data-group=${group}]`).setAttribute(name, value.toFixed(1));
  }
}

/** An edge's handle and its label. */
function mark(place, name, test, grip) {
  const [across, up] = { prior: [test.prior, 1], sensitivity: [0, test.sensitivity], false_positive: [1, test.false_positive] }[name];
  const words = percent(test[name]);
  grip.show((across * SIDE - BOX.x) / BOX.width, ((1 - up) * SIDE - BOX.y - (name === "prior" ? ABOVE : 0)) / BOX.height, 100 * test[name], words);
  const label = place.querySelector(`[data-label=${name}]`);
  label.textContent = words;
  if (name === "prior") label.setAttribute("x", Math.max(12, Math.min(across * SIDE, SIDE - 12)).toFixed(1));
  else label.setAttribute("y", ((1 - up) * SIDE + 4).toFixed(1));
}
