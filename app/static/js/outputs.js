// The panel of a demo that has none of its own: the outputs it declares, drawn by the server and brought up to date here.
// @ts-check

import { parsed } from "./markup.js";
import { paced } from "./pace.js";

const PAUSE = 500;
const PLACES = ["stage", "readout"];

export default function outputs(bench) {
  const place = (name) => bench.querySelector(`[data-outputs="${name}"]`);

  const show = (news) => {
    for (const name of PLACES) swap(place(name), news.querySelector(`[data-part="${name}"]`));
  };

  if (bench.hasAttribute("data-instant")) {
    import("./instant.js").then(({ answers }) => answers(bench, show));
    return {};
  }

  async function renew() {
    const { id } = bench.job;
    const html = await fetch(`/demos/${bench.dataset.name}/outputs/${id}`, { cache: "no-store" })
      .then((answer) => (answer.ok ? answer.text() : null), () => null); // the next update asks again
    if (html === null || bench.job.id !== id) return;
    show(parsed(html));
  }

  const ask = paced(renew, PAUSE);

  return {
    begin() {
      const readout = place("readout");
      if (readout) readout.style.minBlockSize = `${readout.offsetHeight}px`; // nothing below it moves while it is empty
      for (const frame of place("stage")?.querySelectorAll("[data-picture]") ?? []) {
        if (frame.dataset.picture !== "result") frame.replaceChildren();
      }
      ask();
    },
    update: () => { if (bench.job) ask(); },
    settle: (job) => { if (job.id) ask(); },
  };
}

/** Brings what is shown in line with what is new, and touches nothing else. The bench itself changes the pictures. */
function swap(place, news) {
  if (!place || !news) return;
  const shown = new Map([...place.querySelectorAll("[data-output]")].map((output) => [output.dataset.output, output]));
  for (const output of [...news.querySelectorAll("[data-output]")]) {
    const old = shown.get(output.dataset.output);
    shown.delete(output.dataset.output);
    if (!old) place.append(output);
    else if (!old.matches(".image") && !old.isEqualNode(output)) old.replaceWith(output);
  }
  for (const left of shown.values()) left.remove();
}
