// The time-lapse strip: one slider over all kept steps, small pictures as its ground, and a button that plays them.
// @ts-check

import { spread } from "./losses.js";
import { figure } from "/static/js/words.js";

const LONGEST = 12;
const FRAME = 140; // milliseconds
const CALM = 900;

/** `look(update)` is told the step that is looked at, null the newest. */
export function strip(root, look) {
  const [slider, ground, button] = ["scrub", "thumbs", "play"].map((name) => root.querySelector(`[data-${name}]`));
  const pictures = new Map();
  let frames = [];
  let timer = 0;

  function show(index) {
    slider.value = String(index);
    slider.parentElement.style.setProperty("--at", String(index / Math.max(1, frames.length - 1)));
    slider.setAttribute("aria-valuetext", frames.length ? words(frames[index].data) : "No steps yet");
  }

  function go(index) {
    show(index);
    look(index === frames.length - 1 ? null : frames[index]);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    button.setAttribute("aria-pressed", "false");
  }

  function play() {
    if (timer) return stop();
    button.setAttribute("aria-pressed", "true");
    const pause = matchMedia("(prefers-reduced-motion: reduce)").matches ? CALM : FRAME;
    if (Number(slider.value) >= frames.length - 1) go(0);
    timer = setInterval(() => {
      go(Math.min(frames.length - 1, Number(slider.value) + 1));
      if (Number(slider.value) >= frames.length - 1) stop();
    }, pause);
  }

  slider.addEventListener("input", () => { stop(); go(Number(slider.value)); });
  button.addEventListener("click", play);

  return {
    /** Draws the steps that have pictures; the slider stays at the newest unless a step is looked at. */
    draw(updates, looked) {
      frames = updates.filter((update) => update.pictures?.result);
      slider.max = String(Math.max(0, frames.length - 1));
      slider.disabled = frames.length < 2;
      button.disabled = frames.length < 2;
      const shown = spread(frames, LONGEST).map(({ pictures: { result } }) => result);
      for (const url of shown) if (!pictures.has(url)) pictures.set(url, Object.assign(new Image(), { src: url, alt: "" }));
      ground.replaceChildren(...shown.map((url) => pictures.get(url)));
      if (!frames.length) stop();
      const index = looked ? frames.indexOf(looked) : frames.length - 1;
      show(Math.max(0, index));
    },
    clear: () => { stop(); pictures.clear(); },
  };
}

function words({ step, of, size, losses, once }) {
  if (once && step === 0) return "One pass";
  const loss = losses ? `, loss ${figure(losses.total)}` : "";
  return `Step ${step} of ${of}${size ? ` at ${size} px` : ""}${loss}`;
}
