// The loss chart: lines by layer, toggled by their names; a pointer or the arrow keys ask for a step.
// @ts-check

import { at, chart, LOSSES } from "./losses.js";
import { figure } from "/static/js/words.js";

/** `look(step)` follows the pointer, null when it leaves; `pin(step)` the keys and a press; `redraw()` wants other lines. */
export function curve(root, { look, pin, redraw }) {
  const [drawing, knob, table] = ["losses", "step", "values"].map((name) => root.querySelector(`[data-${name}]`));
  const names = new Set(LOSSES);
  let run = { points: [], before: [], steered: [] };
  let cursor;
  let made = null;

  function draw() {
    const { clientWidth: width, clientHeight: height } = drawing;
    made = width ? chart(run.points, width, height, { ...run, names: [...names] }) : null;
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.replaceChildren(...(made ? shapes(made, cursor) : []));
    drawing.setAttribute("aria-label", `Losses by step, on a logarithmic axis. ${summary(run.points)}`);
    knob.disabled = !made;
    if (!made) return;
    // The keys go from report to report; the pointer, which is not the slider's, from step to step.
    const point = cursor === undefined ? run.points.at(-1) : at(run.points, cursor);
    knob.max = String(run.points.length - 1);
    knob.value = String(run.points.indexOf(point));
    knob.setAttribute("aria-valuetext", inWords(point, LOSSES));
  }

  async function tabulate() {
    if (table.open) (await import("./table.js")).tabulate(table.querySelector("[data-rows]"), run.points);
  }

  for (const button of root.querySelectorAll("[data-curve]")) {
    button.addEventListener("click", () => {
      const { curve: line } = button.dataset;
      if (!names.delete(line)) names.add(line);
      button.setAttribute("aria-pressed", String(names.has(line)));
      redraw();
    });
  }
  const stepAt = (event) => made?.stepAt(event.clientX - drawing.getBoundingClientRect().left) ?? null;
  drawing.addEventListener("pointermove", (event) => look(stepAt(event)));
  drawing.addEventListener("pointerleave", () => look(null));
  drawing.addEventListener("click", (event) => pin(stepAt(event)));
  knob.addEventListener("input", () => pin(run.points[Number(knob.value)].step));
  table.addEventListener("toggle", tabulate);
  new ResizeObserver(draw).observe(drawing);

  return {
    names,
    draw(next, step) {
      [run, cursor] = [next, step];
      draw();
      tabulate();
    },
  };
}

/** “Step 40 of 150 at 256 px: total 1.2, style 0.4, content 0.3.” */
export function inWords({ step, of, size, losses, once }, names) {
  const where = once && step === 0 ? "One pass" : `Step ${step} of ${of}${size ? ` at ${size} px` : ""}`;
  const values = [...names].filter((name) => losses?.[name] !== undefined).map((name) => `${name} ${figure(losses[name])}`);
  return values.length ? `${where}: ${values.join(", ")}.` : `${where}.`;
}

function shapes({ frame, x, ticks, lines, before, dots, rungs, marks }, step) {
  const { left, right, top, bottom, of } = frame;
  return [
    ...ticks.map(({ y }) => path("grid", `M${left} ${y}H${right}`)),
    ...ticks.map(({ value, y }) => text("end", left - 6, y + 4, figure(value))),
    path("axis", `M${left} ${bottom}H${right}`),
    ...rungs.slice(1).map((rung) => path("rung", `M${rung.x} ${top - 4}V${bottom}`)),
    ...readable(rungs).map((rung) => text("", rung.x + 4, top - 7, rung.label)),
    ...before.map(({ name, path: d }) => path(`line before ${name}`, d)),
    ...lines.map(({ name, path: d }) => path(`line ${name}`, d)),
    ...dots.map((dot) => shape("circle", { class: `dot ${dot.name}`, cx: dot.x, cy: dot.y, r: 4.5 })),
    ...lines.map((line) => text(`name ${line.name}`, line.x + 6, line.y + 4, line.name)),
    ...marks.map((mark) => titled(path("mark", `M${mark.x - 5} ${bottom + 8}h10l-5 -8z`), mark.words)),
    text("", left, bottom + 16, "step 0"),
    text("end", right, bottom + 16, String(of)),
    ...(step === undefined ? [] : [path("cursor", `M${x(step)} ${top}V${bottom}`)]),
  ];
}

/** Without the labels that would lie on the one before. */
function readable(rungs) {
  const shown = [];
  for (const rung of rungs) if (!shown.length || rung.x - shown.at(-1).x > 48) shown.push(rung);
  return shown;
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

function titled(made, words) {
  made.append(Object.assign(shape("title", {}), { textContent: words }));
  return made;
}

function summary(points) {
  const [first, last] = [points.find(({ losses }) => losses), points.findLast(({ losses }) => losses)];
  if (!first) return "";
  const fell = LOSSES.map((name) => `${name} from ${figure(first.losses[name])} to ${figure(last.losses[name])}`);
  return `From step ${first.step} to step ${last.step}: ${fell.join(", ")}.`;
}
