// Boxes as rectangles of SVG, in pixels of the picture.
// @ts-check

import { shape } from "./overlay.js";

/** @param {string} kind its class @param {ArrayLike<number>} box x0 y0 x1 y1 */
export const rectangle = (kind, [x0, y0, x1, y1]) => shape("rect", { class: kind, x: x0, y: y0, width: Math.max(0, x1 - x0), height: Math.max(0, y1 - y0) });

/** An anchor as it stands: white on black, to be seen on any photograph. */
export const ready = (box) => [rectangle("under", box), rectangle("standing", box)];
