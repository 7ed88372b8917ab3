// A map that is zoomed by wheel, pinch and keys, and moved by dragging. The wheel is the page’s until the map has been
// touched.
// @ts-check

import { moved, WHOLE, zoomed } from "./zoom.js";

export const [IN, OUT] = [0.8, 1.25];

/**
 * @param {SVGSVGElement} map
 * @param {{read: () => Window, look: (next: Window) => void}} shown
 * @typedef {import("./zoom.js").Window} Window
 */
export function roam(map, { read, look }) {
  const fingers = new Map();
  const wheel = (event) => {
    if (!event.ctrlKey && !map.contains(document.activeElement)) return;
    event.preventDefault();
    look(zoomed(read(), event.deltaY > 0 ? OUT : IN, at(map, event, read())));
  };
  map.addEventListener("wheel", wheel, { passive: false });
  map.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, event));
  map.addEventListener("pointermove", (event) => {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const other = [...fingers.values()].find(({ pointerId }) => pointerId !== event.pointerId);
    look(followed(map, read(), last, event, other));
    fingers.set(event.pointerId, event);
  });
  for (const type of ["pointerup", "pointercancel", "pointerleave"])
    map.addEventListener(type, (event) => fingers.delete(event.pointerId));
  map.addEventListener("keydown", (event) => {
    const next = { "+": closer(read(), IN), "=": closer(read(), IN), "-": closer(read(), OUT), Escape: WHOLE }[
      event.key
    ];
    if (!next) return;
    event.preventDefault();
    look(next);
  });
}

/** A point of the page on the map. */
function at(map, { clientX, clientY }, { x, y, side }) {
  const { left, top, width, height } = map.getBoundingClientRect();
  return [x + ((clientX - left) / width) * side, y + ((clientY - top) / height) * side];
}

/** The window after a finger has moved: dragged along by it alone, pinched by it and another. */
function followed(map, shown, last, event, other) {
  if (other) {
    const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    const middle = { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 };
    return zoomed(shown, gap(last) / gap(event), at(map, middle, shown));
  }
  const share = shown.side / map.getBoundingClientRect().width;
  return moved(shown, (last.clientX - event.clientX) * share, (last.clientY - event.clientY) * share);
}

/** The window closer to its own middle, or farther from it. @param {import("./zoom.js").Window} shown */
export const closer = (shown, factor) =>
  zoomed(shown, factor ** 2, [shown.x + shown.side / 2, shown.y + shown.side / 2]);
