// A map that is zoomed by wheel, pinch and keys, and moved by dragging. The wheel is the page’s until the map has been touched.
// @ts-check

import { moved, WHOLE, zoomed } from "./zoom.js";

export const [IN, OUT] = [0.8, 1.25];

/**
 * @param {SVGSVGElement} map @param {{read: () => import("./zoom.js").Window, look: (next: import("./zoom.js").Window) => void}} shown
 */
export function roam(map, { read, look }) {
  const fingers = new Map();

  /** A point of the page on the map. */
  function at({ clientX, clientY }) {
    const { left, top, width, height } = map.getBoundingClientRect();
    const { x, y, side } = read();
    return [x + ((clientX - left) / width) * side, y + ((clientY - top) / height) * side];
  }

  function follow(event) {
    const last = fingers.get(event.pointerId);
    if (!last) return;
    const shown = read();
    const share = shown.side / map.getBoundingClientRect().width;
    const [other] = [...fingers.values()].filter(({ pointerId }) => pointerId !== event.pointerId);
    const gap = (one) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) || 1;
    if (other) look(zoomed(shown, gap(last) / gap(event), at({ clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 })));
    else if (shown.side < 1) look(moved(shown, (last.clientX - event.clientX) * share, (last.clientY - event.clientY) * share));
    fingers.set(event.pointerId, event);
  }

  map.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !map.contains(document.activeElement)) return;
    event.preventDefault();
    look(zoomed(read(), event.deltaY > 0 ? OUT : IN, at(event)));
  }, { passive: false });
  map.addEventListener("pointerdown", (event) => fingers.set(event.pointerId, event));
  map.addEventListener("pointermove", follow);
  for (const type of ["pointerup", "pointercancel", "pointerleave"]) map.addEventListener(type, (event) => fingers.delete(event.pointerId));
  map.addEventListener("keydown", (event) => {
    const next = { "+": () => closer(read(), IN), "=": () => closer(read(), IN), "-": () => closer(read(), OUT), Escape: () => WHOLE }[event.key];
    if (!next) return;
    event.preventDefault();
    look(next());
  });
}

/** The window closer to its own middle, or farther from it. @param {import("./zoom.js").Window} shown */
export const closer = (shown, factor) => zoomed(shown, factor ** 2, [shown.x + shown.side / 2, shown.y + shown.side / 2]);
