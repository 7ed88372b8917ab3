// What can be laid over a photograph, each with its words and its map.
// @ts-check

import { veil } from "./heat.js";
import { change } from "./occluder.js";
import { figure } from "/static/js/words.js";

/**
 * @typedef {object} Entry
 * @property {string} key
 * @property {string} words
 * @property {() => string} veil the map as a picture
 * @property {number[][]} places left, top, right, bottom of the patches that excite it most, in shares
 * @property {import("./channels.js").Address} [channel]
 */

/**
 * All that can be laid over a photograph: the channel that is asked for, the strongest of each layer, its classes, and
 * where covering takes most away.
 * @param {Uint8Array} maps @param {Uint8Array} cams @param {Float32Array} falls the files of the run
 * @returns {Iterable<Entry>}
 */
export function* entries(data, maps, cams, falls) {
  const { network, strongest, asked, compared, classes = [], occlusion } = data;
  const against = compared === "gallery" ? "as much as it usually does" : "as much as its layer’s channels do";
  const channel = (layer, { channel: number, ratio, map, places }, key) => ({
    key,
    places,
    channel: { network, layer, channel: number },
    words: `${name(number, layer)} fires ${figure(ratio)} × ${against}${places.length ? ", most of all here:" : "."}`,
    veil: () => laid(maps, map),
  });
  yield channel(asked.layer, asked, "asked");
  for (const [layer, listed] of Object.entries(strongest))
    for (const one of listed) yield channel(layer, one, `${layer} ${one.channel}`);
  for (const { label, score, map } of classes)
    yield {
      key: `class ${label}`,
      places: [],
      words: `${label}, ${score.toFixed(2)}: where the detector sees it.`,
      veil: () => laid(cams, map),
    };
  if (occlusion)
    yield {
      key: "falls",
      places: [],
      words: `${name(asked.channel, asked.layer)} ${change(occlusion.drop)} where a grey square takes most away.`,
      veil: () => veil(falls, occlusion.columns, occlusion.rows, Math.max(occlusion.drop, 1e-6)),
    };
}

const name = (channel, layer) => `Channel ${channel} of ${layer}`;

const laid = (file, [offset, width, height]) =>
  veil(file.subarray(offset, offset + width * height), width, height, 255);
