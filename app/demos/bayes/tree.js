// The frequency tree: everybody, by what is so, by result. Where a branch divides is dragged on the bar under its node.
// @ts-check

import { rounded } from "./drag.js";
import { grip, limited } from "./grips.js";
import { count, percent } from "./wording.js";

const [WIDTH, HEIGHT, BAR] = [320, 238, 72];
const NODES = { prior: [160, 40.5], sensitivity: [80, 132.5], false_positive: [240, 132.5] }; // the middles of their bars
const LABELS = { prior: "base rate", sensitivity: "sensitivity", false_positive: "false positives" };

/** @param {HTMLElement} place @param {{set: (changes: Record<string, number>) => void}} act */
export default function tree(place, { set }) {
  const all = (part) => [...place.querySelectorAll(`[data-${part}]`)];
  const grips = Object.fromEntries(Object.entries(NODES).map(([name, [middle]]) => [name, grip(place, {
    label: `Tree: ${LABELS[name]}`,
    kind: name,
    set: (value) => set({ [name]: value }),
    drag: (x) => set({ [name]: rounded(100 * limited((x * WIDTH - middle + BAR / 2) / BAR)) }),
  })]));

  return {
    show({ tree: { root } }, test) {
      const [ill, healthy] = root.children;
      const leaves = [...ill.children, ...healthy.children];
      all("node").forEach((text, i) => { text.textContent = count([root, ill, healthy, ...leaves][i].whole); });
      all("branch").forEach((path, i) => path.setAttribute("stroke-width", (1 + 9 * [ill, healthy, ...leaves][i].share).toFixed(1)));
      all("share").forEach((text, i) => { text.textContent = percent(leaves[i].share); });
      Object.entries(NODES).forEach(([name, [x, y]], i) => {
        all("bar")[i].setAttribute("width", (BAR * test[name]).toFixed(1));
        grips[name].show((x + BAR * (test[name] - 0.5)) / WIDTH, y / HEIGHT, 100 * test[name], percent(test[name]));
      });
    },
  };
}
