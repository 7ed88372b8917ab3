// The stage: for each question the frames that answer it, and the photograph beside what was made of it.
// @ts-check

import { times } from "./activation.js";
import { figure } from "/static/js/words.js";
import { show } from "/static/js/stage.js";

export const METHODS = { plain: "Plain pixels", growing: "Growing", fourier: "Fourier", own: "As switched" };
const OWN = ["before", ...Object.keys(METHODS)]; // frames that a bench does not clear by itself

export function frames(bench) {
  const [view, knob, overlay] = ["view", "divide", "overlay"].map((part) => bench.find(part));
  knob.addEventListener("input", () => view.style.setProperty("--split", `${knob.value}%`));

  return {
    view,
    overlay,
    /** The question that the stage is laid out for. */
    ask(question) {
      if (view.dataset.mode === question) return;
      view.dataset.mode = question;
      const url = ["photo", "push"].includes(question) && bench.fields.picture("photo");
      if (url) show(bench.frame("photo"), url, "The photograph that was chosen");
    },
    /** Which question the pictures on the stage answer. */
    answer: (question) => {
      view.dataset.of = question ?? "";
    },
    clear() {
      for (const name of OWN) show(bench.frame(name), null);
      overlay.replaceChildren();
      view.toggleAttribute("data-live", false);
      view.toggleAttribute("data-own", false);
    },
    /** What each method has reached. */
    reach(methods = {}, best = null) {
      view.toggleAttribute("data-own", Boolean(methods.own));
      for (const name of Object.keys(METHODS))
        bench.find(`reached="${name}"`).textContent = methods[name] ? reached(methods[name].activation, best) : "";
    },
    /** The pictures of an earlier step; null gives the newest again. */
    look(updates, step) {
      const until = step ?? Infinity;
      bench.hold(step === null ? null : newest(updates, "result", ({ data }) => data.step <= until));
      for (const name of Object.keys(METHODS)) {
        const url = newest(updates, name, ({ data }) => (data.methods?.[name]?.step ?? Infinity) <= until);
        if (url) show(bench.frame(name), url, METHODS[name]);
      }
    },
  };
}

/**
 * “3.4 × the best photograph”; where a ratio would say nothing, what the best photograph has; nothing where none is
 * known.
 */
export function against(activation, best) {
  const ratio = times(activation, best);
  return ratio
    ? `${ratio} the best photograph`
    : best === null || best === undefined
      ? ""
      : `the best photograph ${figure(best)}`;
}

/** The ratio alone where there is one, else the activation and what the best photograph has. */
export function reached(activation, best) {
  return times(activation, best)
    ? against(activation, best)
    : [figure(activation), against(activation, best)].filter(Boolean).join("; ");
}

const newest = (updates, name, fits) =>
  updates.findLast((update) => update.pictures?.[name] && fits(update))?.pictures[name] ?? null;
