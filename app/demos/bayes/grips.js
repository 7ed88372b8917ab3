// Handles on drawings: dragged with pointer or finger, moved with the arrow keys, each a slider to who cannot see it.
// @ts-check

import { nudged } from "./drag.js";

/**
 * @param {HTMLElement} place what is drawn on; it holds the handle
 * @param {{label: string, kind: string, set: (value: number) => void, drag: (x: number, y: number) => void, nudge?: (value: number, direction: number, big: boolean) => number}} how
 * `set` takes a percentage, `drag` the shares of the place's width and height where the pointer is
 */
export function grip(place, { label, kind, set, drag, nudge = nudged }) {
  const handle = document.createElement("div");
  const attributes = { class: `grip ${kind}`, role: "slider", tabindex: "0", "aria-label": label, "aria-valuemin": "0", "aria-valuemax": "100" };
  for (const [name, text] of Object.entries(attributes)) handle.setAttribute(name, text);
  place.append(handle);
  let [value, spot] = [0, [0, 0]];

  function keyed(event) {
    const [direction, big] = { ArrowRight: [1], ArrowUp: [1], ArrowLeft: [-1], ArrowDown: [-1], PageUp: [1, 1], PageDown: [-1, 1] }[event.key] ?? [];
    const end = { Home: 0, End: 100 }[event.key];
    if (direction === undefined && end === undefined) return;
    event.preventDefault();
    set(end ?? nudge(value, direction, Boolean(big) || event.shiftKey));
  }

  handle.addEventListener("keydown", keyed);
  /** Follows a pointer, here or elsewhere on the place, as far as it moves. */
  const take = (event) => held(event, place, handle, spot, drag);

  handle.addEventListener("pointerdown", take);
  return {
    handle,
    take,
    /** Where it stands and what it stands for, in shares of the place, and what it says. @param {number} now in percent */
    show(x, y, now, text, means = [x, y]) {
      [value, spot] = [now, means];
      Object.assign(handle.style, { left: `${x * 100}%`, top: `${y * 100}%` });
      handle.setAttribute("aria-valuenow", String(now));
      handle.setAttribute("aria-valuetext", text);
    },
  };
}

/** Follows a pointer until it lets go; where it took hold makes no difference. */
function held(event, place, handle, [fromX, fromY], drag) {
  if (event.button) return;
  event.preventDefault();
  handle.focus({ preventScroll: true });
  handle.setPointerCapture(event.pointerId);
  const { width, height } = place.getBoundingClientRect();
  const { clientX, clientY } = event;
  const move = (next) => drag(fromX + (next.clientX - clientX) / width, fromY + (next.clientY - clientY) / height);
  const end = () => handle.removeEventListener("pointermove", move);
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", end, { once: true });
  handle.addEventListener("pointercancel", end, { once: true });
}

export const limited = (share) => Math.max(0, Math.min(1, share));
