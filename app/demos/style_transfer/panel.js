// What is its own of the style-transfer bench: the divider, the strip of steps, and the chart of the losses.
// @ts-check

import { at, chart, spread } from "./losses.js";
import { figure } from "/static/js/words.js";

const LONGEST_STRIP = 12;

export default function panel(bench) {
  const strip = bench.querySelector("[data-strip]");
  const drawing = bench.querySelector("[data-losses]");
  const numbers = bench.querySelector("[data-numbers]");
  const buttons = new Map();
  let updates = [];
  let pinned = null;

  const divider = bench.querySelector("[data-compare]");
  divider.addEventListener("input", () => bench.style.setProperty("--split", `${divider.value}%`));

  const points = () => updates.map(({ data }) => data);
  const write = (data) => { if (data?.losses) numbers.textContent = inWords(data); };
  const frames = () => updates.filter(({ pictures }) => pictures?.result);

  function look(update) {
    bench.hold(update?.pictures.result ?? null);
    write((update ?? updates.at(-1))?.data);
    draw(update?.data.step);
  }

  function pin(update) {
    pinned = pinned === update ? null : update;
    for (const [known, button] of buttons) button.setAttribute("aria-pressed", String(known === pinned));
    look(pinned);
  }

  function buttonOf(update) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "bare" });
    button.append(Object.assign(new Image(), { src: update.pictures.result, alt: `Step ${update.data.step}` }));
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("pointerenter", () => look(update));
    button.addEventListener("pointerleave", () => look(pinned));
    button.addEventListener("click", () => pin(update));
    return button;
  }

  function drawStrip() {
    if (strip.contains(document.activeElement)) return; // do not take it away under the reader's fingers
    const shown = spread(frames(), LONGEST_STRIP);
    for (const update of shown) if (!buttons.has(update)) buttons.set(update, buttonOf(update));
    strip.replaceChildren(...shown.map((update) => buttons.get(update)));
  }

  function draw(step) {
    const { clientWidth: width, clientHeight: height } = drawing;
    const made = chart(points(), width, height);
    if (made) drawing.replaceChildren(...shapes(made, step));
    else drawing.replaceChildren();
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
  }

  drawing.addEventListener("pointermove", (event) => {
    const made = chart(points(), drawing.clientWidth, drawing.clientHeight);
    const seen = made && frames();
    if (seen?.length) look(at(seen.map((update) => ({ ...update, step: update.data.step })), made.stepAt(event.offsetX)));
  });
  drawing.addEventListener("pointerleave", () => look(pinned));
  new ResizeObserver(() => draw()).observe(drawing);

  function begin() {
    updates = [];
    pinned = null;
    buttons.clear();
    strip.replaceChildren();
    numbers.textContent = "Losses appear here step by step.";
    draw();
  }

  return {
    begin,
    chose: (name) => { if (name === "content") begin(); },
    update(update) {
      updates.push(update);
      drawStrip();
      draw(pinned?.data.step);
      if (!pinned) write(update.data);
    },
    settle({ output }) {
      if (!updates.length && output) write(output.data);
      drawing.setAttribute("aria-label", `Content and style loss by step. ${summary(points())}`);
    },
  };
}

function shapes({ frame, lines, rungs }, step) {
  const { left, right, top, bottom, of } = frame;
  const cursor = step === undefined ? [] : [path("cursor", `M${left + (step / of) * (right - left)} ${top}V${bottom}`)];
  return [
    path("axis", `M${left} ${bottom}H${right}`),
    ...rungs.slice(1).map(({ x }) => path("rung", `M${x} ${top - 4}V${bottom}`)),
    ...rungs.map(({ x, label }) => text("", x + 4, top - 7, label)),
    ...lines.map(({ name, path: d }) => path(`line ${name}`, d)),
    ...lines.map(({ name, x, y }) => text("name", x + 6, y + 4, name)),
    text("", left, bottom + 16, "step 0"),
    text("middle", (left + right) / 2, bottom + 16, "loss, logarithmic"),
    text("end", right, bottom + 16, String(of)),
    ...cursor,
  ];
}

function shape(tag, attributes) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  return made;
}

const path = (kind, d) => shape("path", { class: kind, d });

function text(kind, x, y, words) {
  const made = shape("text", { class: kind, x, y });
  made.textContent = words;
  return made;
}

function inWords({ step, of, size, losses }) {
  return `Step ${step} of ${of}${size ? ` at ${size} px` : ""}: content loss ${figure(losses.content)}, style loss ${figure(losses.style)}`;
}

function summary(points) {
  const [first, last] = [points.find(({ losses }) => losses), points.findLast(({ losses }) => losses)];
  if (!first) return "";
  const fell = (name) => `${name} loss went from ${figure(first.losses[name])} to ${figure(last.losses[name])}`;
  return `From step ${first.step} to step ${last.step}, ${fell("content")} and ${fell("style")}.`;
}
