// Where things are in a Gram matrix and on its sheet of feature maps. Knows no page.
// @ts-check

const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The cell [i, j] at a place in a square of `side`: rows go down, columns to the right. */
export function cellAt(x, y, side, channels) {
  const within = (place) => Math.min(channels - 1, Math.max(0, Math.floor((place / side) * channels)));
  return [within(y), within(x)];
}

/** The cell after an arrow key, or null for another key. */
export function after(key, [i, j], channels) {
  if (!(key in KEYS)) return null;
  const within = (place) => Math.min(channels - 1, Math.max(0, place));
  return [within(i + KEYS[key][0]), within(j + KEYS[key][1])];
}

/** The two different maps that fire together the most. */
export function strongest(gram, channels) {
  let best = [0, Math.min(1, channels - 1)];
  for (let i = 0; i < channels; i++) {
    for (let j = i + 1; j < channels; j++) if (gram[i * channels + j] > gram[best[0] * channels + best[1]]) best = [i, j];
  }
  return best;
}

/** How alike two maps are, whatever their brightness: 1 where they always fire together, 0 where they never do. */
export function likeness(gram, channels, [i, j]) {
  const scale = Math.sqrt(gram[i * channels + i] * gram[j * channels + j]);
  return scale > 0 ? gram[i * channels + j] / scale : 0;
}

/** Left and top of a map on its sheet, in pixels. */
export function corner(map, columns, [width, height]) {
  return [(map % columns) * width, Math.floor(map / columns) * height];
}
