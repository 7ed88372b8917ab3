// Channels by their addresses, their neighbours, their places in a sheet and in photographs, and the words for them.
// Knows no page.
// @ts-check

const SEEN = 320; // longest side, in pixels, at which networks look at the gallery

/**
 * @typedef {{network: string, layer: string, channel: number}} Address
 * @typedef {{name: string, channels: number, stride: number, field: number, window: number, sheet: string | null, json:
 * string | null, untrained: string | null}} Layer
 * @typedef {{name: string, title: string, layers: Layer[]}} Network
 * @typedef {{channels: number, window: number, tile: number, columns: number, pictures: string[], activation: number[],
 * mean: number[], deviation: number[], best: number[],
 *   tops: [number, number, number, number][][], dead: number[], duplicates: [number, number, number][], artefacts:
 * number[], labels?: string[]}} Numbers of a sheet
 */

/**
 * `network/layer/number` taken apart; null where it names no channel of these networks.
 * @param {Network[]} networks
 * @returns {Address | null}
 */
export function parsed(text, networks) {
  const [network, layer, number] = String(text ?? "")
    .trim()
    .split("/");
  const found = layerOf(networks, { network, layer });
  return found && /^\d{1,5}$/.test(number ?? "") && Number(number) < found.channels
    ? { network, layer, channel: Number(number) }
    : null;
}

/** @param {Address} channel */
export const written = ({ network, layer, channel }) => `${network}/${layer}/${channel}`;

/** @param {Network[]} networks @param {{network: string, layer: string}} of @returns {Layer | null} */
export const layerOf = (networks, { network, layer }) =>
  networks.find(({ name }) => name === network)?.layers.find(({ name }) => name === layer) ?? null;

/**
 * The channels before and after, and those with the same number in the layers below and above.
 * @param {Network[]} networks
 * @param {Address} at
 */
export function beside(networks, at) {
  const { layers } = /** @type {Network} */ (networks.find(({ name }) => name === at.network));
  const here = layers.findIndex(({ name }) => name === at.layer);
  const along = (channel) => (channel >= 0 && channel < layers[here].channels ? { ...at, channel } : null);
  const across = (layer) =>
    layer ? { ...at, layer: layer.name, channel: Math.min(at.channel, layer.channels - 1) } : null;
  return {
    previous: along(at.channel - 1),
    next: along(at.channel + 1),
    lower: across(layers[here - 1]),
    upper: across(layers[here + 1]),
  };
}

/** The view box of a channel's drawing in its sheet. @param {{tile: number, columns: number}} sheet */
export const tile = ({ tile: side, columns }, number) => [
  (number % columns) * side,
  Math.floor(number / columns) * side,
  side,
  side,
];

/**
 * The square of a gallery's picture around a place, inside of it.
 * @param {number} side in pixels of what the network saw
 * @param {[number, number]} size
 */
export function crop([x, y], side, [width, height]) {
  const own = Math.min((side * Math.max(width, height)) / SEEN, width, height);
  const inside = (at, length) => Math.min(Math.max(at * length - own / 2, 0), length - own);
  return [inside(x, width), inside(y, height), own, own].map((number) => Math.round(number * 10) / 10);
}

/**
 * Those that say nearly the same as a channel, with how nearly.
 * @param {Pick<Numbers, "duplicates">} numbers
 * @returns {[number, number][]}
 */
export function twins({ duplicates }, channel) {
  return duplicates
    .filter((pair) => pair[0] === channel || pair[1] === channel)
    .map(([a, b, r]) => [a === channel ? b : a, r]);
}

/** “Each place sees 44 px of the picture; there is one every 8 px.” @param {Layer} layer */
export function sight({ field, stride }) {
  const sees = field > SEEN ? "all of the picture" : `${field} px of the picture`;
  return stride > 1 ? `Each place sees ${sees}; there is one every ${stride} px.` : `Sees ${sees}.`;
}

/**
 * “Channel 37 of relu4_1, style encoder”
 * @param {Address} at
 * @param {string} title of the network
 * @param {string} [label]
 */
export function titled({ layer, channel }, title, label) {
  return label
    ? `${label[0].toUpperCase()}${label.slice(1)}, a class of the ${title}`
    : `Channel ${channel} of ${layer}, ${title}`;
}

/**
 * “128 channels. Each place … 12 never fire on the gallery. 3 pairs are nearly the same.”
 * @param {Layer} layer
 * @param {Numbers | null} numbers
 */
export function summary(layer, numbers) {
  const dead = numbers?.dead.length ?? 0;
  const pairs = numbers?.duplicates.length ?? 0;
  const more = [
    ...(dead ? [`${dead} never ${dead === 1 ? "fires" : "fire"} on the gallery.`] : []),
    ...(pairs ? [`${pairs} ${pairs === 1 ? "pair is" : "pairs are"} nearly the same.`] : []),
  ];
  return [`${layer.name}: ${layer.channels} channels.`, sight(layer), ...more].join(" ");
}
