// What is its own of the Gram bench: the matrix can be looked into.
// @ts-check

import { matrix } from "./matrix.js";

export default function panel(bench) {
  const root = bench.querySelector("[data-matrix]");
  const view = matrix(root);

  return {
    begin: () => root.removeAttribute("data-here"),
    chose: () => root.removeAttribute("data-here"),
    async settle(job) {
      if (!job.output?.files?.gram) return;
      await view.show(job.output);
      root.setAttribute("data-here", "");
    },
  };
}
