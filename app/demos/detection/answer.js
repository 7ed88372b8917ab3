// One photograph's answer in the browser: what each stage shows of it at any setting of the sliders. Knows no page.
// @ts-check

import { candidates } from "./candidates.js";
import { suppress } from "./nms.js";
import { named, one, tally } from "./objects.js";

/**
 * @typedef {import("./objects.js").Seen} Seen
 * @typedef {import("./nms.js").Settings & {stage: string}} Settings
 * @typedef {{objects: Seen[], tally: string, removed: import("./nms.js").Removed[], pair: (removed: import("./nms.js").Removed) => [Seen, Seen]}} Shown
 */

export class Answer {
  /** @param {any} data of the run's last update @param {{candidates: ArrayBuffer, sixteen: ArrayBuffer}} files */
  constructor(data, files) {
    this.data = data;
    this.every = candidates(files.candidates);
    this.sixteen = candidates(files.sixteen);
  }

  /** @param {Settings} settings @returns {Shown} */
  shown(settings) {
    const { data } = this;
    if (settings.stage === "presence") return alone([], inWords(data.presence));
    if (settings.stage === "largest") return alone([{ ...data.largest, index: 0 }], "One head, two answers: a class and a box");
    const few = settings.stage === "sixteen";
    const [found, side, scale] = few ? [this.sixteen, data.square, data.square_scale] : [this.every, data.side, data.scale];
    const { above, kept, removed } = suppress(found, settings, side);
    const objects = named(found, kept, data, scale);
    const pair = ({ index, by }) => /** @type {[Seen, Seen]} */ ([one(found, index, data, scale), one(found, by, data, scale)]);
    return { objects, removed, pair, tally: tally(found.count, { above, kept: objects.length }, settings.threshold) };
  }
}

/** @returns {Shown} */
const alone = (objects, tally) => ({ objects, tally, removed: [], pair: () => { throw new RangeError("Nothing was removed."); } });

function inWords(presence) {
  const sure = presence.filter(([, score]) => score > 0.5).map(([label]) => label);
  return `More likely there than not: ${sure.join(", ") || "none of the classes"}`;
}
