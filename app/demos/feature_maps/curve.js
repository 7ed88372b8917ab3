// The activation as it rises, step by step: a pointer or the arrow keys go back through the run, picture and all.
// @ts-check

import { at, chart, line, sizeAt } from "./activation.js";
import { svg } from "./elements.js";
import { METHODS, reached } from "./frames.js";
import { figure } from "/static/js/words.js";

const ROOM = 34; // pixels between two sizes that can both be read

/** `look(step)` is told the step that is looked at, null the newest. */
export function curve(bench, look) {
  const [drawing, knob, words] = ["chart", "step", "numbers"].map((part) => bench.find(part));
  let lines = [];
  let data = {};
  let pinned = null;
  let made = null;

  function draw(step = pinned) {
    const { clientWidth: width, clientHeight: height } = drawing;
    made = width ? chart(lines, width, height, { best: data.best ?? null, of: data.of }) : null;
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.replaceChildren(...(made ? shapes(made, step) : []));
    knob.disabled = !made;
    const said = lines.length ? inWords(lines, step, data) : "";
    words.textContent = said || "The activation is drawn here, step by step.";
    drawing.setAttribute("aria-label", `Activation by step. ${said}`);
    if (!made) return;
    knob.max = String(made.frame.of);
    knob.value = String(step ?? made.frame.of);
    knob.setAttribute("aria-valuetext", said);
  }

  function go(step, { pin = false } = {}) {
    const newest = Math.max(0, ...lines.map(({ points }) => points.at(-1)?.step ?? 0));
    const shown = step === null || step >= newest ? null : step;
    if (pin) pinned = shown;
    draw(shown);
    look(shown);
  }

  const under = (event) => made?.stepAt(event.clientX - drawing.getBoundingClientRect().left) ?? null;
  drawing.addEventListener("pointermove", (event) => go(under(event)));
  drawing.addEventListener("pointerleave", () => go(pinned));
  drawing.addEventListener("click", (event) => go(under(event), { pin: true }));
  knob.addEventListener("input", () => go(Number(knob.value), { pin: true }));
  new ResizeObserver(() => draw()).observe(drawing);

  return {
    /** What a run has told so far. */
    draw(told) {
      data = told;
      lines = told.methods ? Object.keys(METHODS).filter((name) => told.methods[name]).map((name) => line(name, told.methods[name])) : told.curve ? [line("chosen", told)] : [];
      if (told.methods) data = { ...told, of: Math.max(0, ...Object.values(told.methods).map(({ of }) => of)) };
      draw();
    },
    clear() {
      [lines, data, pinned] = [[], {}, null];
      draw();
    },
  };
}

/** “Step 90 of 180 at 143 px: 8.2, 2.3 × the best photograph.” */
export function inWords(lines, step, { of, best = null }) {
  const newest = Math.max(...lines.map(({ points }) => points.at(-1)?.step ?? 0));
  const shown = step ?? newest;
  const value = ({ points }) => at(points, shown)?.value ?? 0;
  if (lines.length > 1 || lines[0].name !== "chosen") return `Step ${shown} of ${of}: ${lines.map((each) => `${METHODS[each.name].toLowerCase()} ${figure(value(each))}`).join(", ")}${best === null ? "" : `; the best photograph ${figure(best)}`}.`;
  const size = sizeAt(lines[0].grown ?? [], shown);
  const own = figure(value(lines[0]));
  const against = reached(value(lines[0]), best);
  return `Step ${shown} of ${of}${size ? ` at ${size} px` : ""}: ${own}${against === own ? "" : `, ${against}`}.`;
}

function shapes({ frame, x, ticks, best, lines, rungs }, step) {
  const { left, right, top, bottom, of } = frame;
  const path = (kind, d) => svg("path", { class: kind, d });
  const text = (kind, at, y, words) => svg("text", { class: kind, x: at, y }, words);
  return [
    ...ticks.map(({ y }) => path("grid", `M${left} ${y}H${right}`)),
    ...ticks.map(({ value, y }) => text("end", left - 6, y + 4, figure(value))),
    ...rungs.slice(1).map((rung) => path("rung", `M${rung.x} ${top - 4}V${bottom}`)),
    ...readable(rungs).map((rung, i) => text("", rung.x + 3, top - 7, i ? rung.label : `${rung.label} px`)),
    ...(best === null ? [] : [path("best", `M${left} ${best}H${right}`), text("end best", right, best - 5, "the best photograph")]),
    ...lines.map((each) => path(`line ${each.name}`, each.path)),
    ...lines.map((each) => svg("circle", { class: `dot ${each.name}`, cx: each.x, cy: each.y, r: 4 })),
    text("", left, bottom + 15, "step 0"),
    text("end", right, bottom + 15, String(of)),
    ...(step === null ? [] : [path("cursor", `M${x(step)} ${top}V${bottom}`)]),
  ];
}

/** Without the labels that would lie on the one before. */
function readable(rungs) {
  const shown = [];
  for (const rung of rungs) if (!shown.length || rung.x - shown.at(-1).x > ROOM + (shown.length === 1 ? ROOM / 2 : 0)) shown.push(rung);
  return shown;
}
