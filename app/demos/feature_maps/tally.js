// What a run has reached, in one sentence.
// @ts-check

import { times } from "./activation.js";
import { METHODS, reached } from "./frames.js";
import { figure } from "/static/js/words.js";

const WANTED = {
  negative: "The opposite of channel",
  neuron: "One place of channel",
  mix: "A mix with channel",
  difference: "Without another, channel",
  diversity: "Four pictures for channel",
};

/** “Channel 37 of relu4_1: 8.2, 3.4 × the best photograph.” */
export function tally({ question, layer, channel, objective, activation, best, methods, asked }) {
  if (question === "photo")
    return asked
      ? `Channel ${channel} of ${layer}: ${asked.ratio.toFixed(1)} × as much as usual in this photograph.`
      : "";
  const name =
    objective === "direction" ? `A direction of ${layer}` : `${WANTED[objective] ?? "Channel"} ${channel} of ${layer}`;
  if (methods) {
    const far = (one) => times(one.activation, best) ?? figure(one.activation);
    const run = Object.keys(METHODS).filter((method) => methods[method]);
    const each = run.map((method) => `${METHODS[method].toLowerCase()} ${far(methods[method])}`);
    return `${name}: ${each.join(", ")}${best > 0 ? " the best photograph" : ""}.`;
  }
  return activation === undefined ? "" : `${name}: ${reached(activation, best)}.`;
}
