// What is its own of the Gram bench: the matrix can be looked into.
// @ts-check

import { matrix } from "./matrix.js";
import { figure } from "/static/js/words.js";

export default function panel(bench) {
  const root = bench.querySelector("[data-matrix]");
  const view = matrix(root);
  const stale = () => root.setAttribute("data-stale", ""); // what is shown stays until the new is here: nothing jumps

  return {
    begin: stale,
    chose: stale,
    async settle({ output }) {
      root.removeAttribute("data-stale");
      if (!output?.files?.gram) return;
      await view.show(output);
      root.setAttribute("data-here", "");
      bench.querySelector("[data-told]").textContent = inWords(output.data);
    },
  };
}

function inWords({ layer, channels, distance }) {
  const size = `${layer} has ${channels} feature maps, so ${channels * channels} numbers say what the style is.`;
  return distance === undefined ? size : `${size} The two styles are ${figure(distance)} apart, as a share of the first one’s own.`;
}
