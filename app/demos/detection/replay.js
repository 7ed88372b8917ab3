// The replay: what sixteen anchors said of two photographs while they learned, as training/replay.py kept it.
// @ts-check

import { rectangle } from "./rectangles.js";

const PACE = 350; // ms a step

/** @param {HTMLElement} root */
export default function replay(root) {
  document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("./replay.css", import.meta.url).href }));
  const form = /** @type {any} */ (root.querySelector("form"));
  const find = (part) => form.querySelector(`[data-${part}]`);
  const { at, still } = form.elements;
  const rectangles = Array.from({ length: 16 }, () => rectangle("", [0, 0, 0, 0]));
  find("boxes").replaceChildren(...rectangles);
  find("play").hidden = matchMedia("(prefers-reduced-motion: reduce)").matches; // the slider is still there
  let kept = null;
  let playing = 0;

  function draw() {
    const { size, boxes } = kept.pictures[still.value];
    const said = boxes[Number(at.value)];
    find("boxes").setAttribute("viewBox", `0 0 ${size.join(" ")}`);
    find("step").textContent = kept.steps[Number(at.value)];
    const surest = said.reduce((best, box) => (box[5] > best[5] ? box : best));
    said.forEach((box, i) => {
      const [x, y, toX, toY, , score] = box;
      Object.entries({ x, y, width: Math.max(0, toX - x), height: Math.max(0, toY - y) }).forEach(([name, value]) => rectangles[i].setAttribute(name, String(value)));
      rectangles[i].setAttribute("stroke-opacity", String(Math.max(0.15, Math.sqrt(score / 1000))));
      rectangles[i].classList.toggle("surest", box === surest);
    });
    at.style.setProperty("--at", `${(100 * Number(at.value)) / Number(at.max)}%`);
    at.setAttribute("aria-valuetext", `Step ${kept.steps[Number(at.value)]}`);
    find("words").textContent = `The surest of the sixteen says ${kept.classes[surest[4]]}, ${(surest[5] / 1000).toFixed(2)}.`;
  }

  function choose() {
    find("still").src = form.querySelector("[name=still]:checked").dataset.url;
    draw();
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    find("play").textContent = "Play";
  }

  function play() {
    if (playing) return stop();
    if (at.value === at.max) at.value = "0";
    find("play").textContent = "Stop";
    playing = setInterval(() => {
      at.value = String(Number(at.value) + 1);
      draw();
      if (at.value === at.max || !root.isConnected) stop();
    }, PACE);
    draw();
  }

  find("play").addEventListener("click", () => kept && play());
  form.addEventListener("submit", (event) => event.preventDefault());
  at.addEventListener("input", () => { stop(); if (kept) draw(); });
  form.addEventListener("change", ({ target }) => kept && target.name === "still" && choose());
  fetch(new URL("./replay.json", import.meta.url)).then((answer) => answer.json()).then((read) => {
    kept = read;
    at.max = String(kept.steps.length - 1);
    choose();
  }, () => { find("words").textContent = "The steps could not be fetched: close this part and open the page again."; });
}
