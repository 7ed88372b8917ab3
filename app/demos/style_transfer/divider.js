// The divider on the stage, and what stands on its left: the photograph, the answer of one pass, or the run before.
// @ts-check

import { show } from "/static/js/stage.js";

export function divider(root) {
  const knob = root.querySelector("[data-compare]");
  const buttons = [...root.querySelectorAll("[data-left]")];
  knob.addEventListener("input", () => root.style.setProperty("--split", `${knob.value}%`));
  for (const button of buttons) button.addEventListener("click", () => stand(button.dataset.left));

  function stand(name) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.left === name));
    for (const frame of root.querySelectorAll(".frame.left")) frame.toggleAttribute("data-away", frame.dataset.picture !== name);
    knob.setAttribute("aria-label", `Percent of the picture on the left that is uncovered: ${name === "content" ? "the photograph" : name === "once" ? "one pass" : "the run before"}`);
  }

  stand("content");
  return {
    /** Gives a picture to the left side; without one it cannot be chosen. */
    offer(name, url, alt) {
      const button = buttons.find(({ dataset }) => dataset.left === name);
      button.disabled = !url;
      show(root.querySelector(`.frame.left[data-picture=${name}]`), url, alt);
      if (!url && button.getAttribute("aria-pressed") === "true") stand("content");
    },
  };
}
