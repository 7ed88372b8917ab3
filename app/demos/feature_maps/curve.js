// The activation as it rises, step by step: a pointer or the arrow keys go back through the run, picture and all.
// @ts-check

import { at, chart, line, sizeAt } from "./activation.js";
import { svg } from "./elements.js";
import { against, METHODS } from "./frames.js";
import { figure } from "/static/js/words.js";

const ONE = "chosen"; // the name of the line where there is but one
const ROOM = 34; // pixels between two sizes that can both be read

export class Curve {
  #lines = [];
  #data = {};
  #pinned = null; // the step that is looked at, null the newest
  #made = null;

  /**
   * @param {any} bench
   * @param {(step: number | null) => void} look is told the step that is looked at, null the newest
   */
  constructor(bench, look) {
    Object.assign(this, { look });
    [this.drawing, this.knob, this.words] = ["chart", "step", "numbers"].map((part) => bench.find(part));
    const under = ({ clientX }) => this.#made?.stepAt(clientX - this.drawing.getBoundingClientRect().left) ?? null;
    this.drawing.addEventListener("pointermove", (event) => this.#go(under(event)));
    this.drawing.addEventListener("pointerleave", () => this.#go(this.#pinned));
    this.drawing.addEventListener("click", (event) => this.#pin(under(event)));
    this.knob.addEventListener("input", () => this.#pin(Number(this.knob.value)));
    new ResizeObserver(() => this.#draw()).observe(this.drawing);
  }

  /** Draws what a run has told so far. */
  draw(told) {
    const { methods } = told;
    const run = Object.keys(METHODS).filter((name) => methods?.[name]);
    this.#lines = methods ? run.map((name) => line(name, methods[name])) : told.curve ? [line(ONE, told)] : [];
    this.#data = methods ? { ...told, of: Math.max(0, ...run.map((name) => methods[name].of)) } : told;
    this.#draw();
  }

  clear() {
    [this.#lines, this.#data, this.#pinned] = [[], {}, null];
    this.#draw();
  }

  #draw(step = this.#pinned) {
    const { drawing, knob, words } = this;
    const { clientWidth: width, clientHeight: height } = drawing;
    const { best = null, of } = this.#data;
    const made = (this.#made = width ? chart(this.#lines, width, height, { best, of }) : null);
    drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
    drawing.replaceChildren(...(made ? shapes(made, step) : []));
    knob.disabled = !made;
    const said = this.#lines.length ? inWords(this.#lines, step, this.#data) : "";
    words.textContent = said || "The activation is drawn here, step by step.";
    drawing.setAttribute("aria-label", `Activation by step. ${said}`);
    if (!made) return;
    knob.max = String(made.frame.of);
    knob.value = String(step ?? made.frame.of);
    knob.setAttribute("aria-valuetext", said);
  }

  #pin(step) {
    this.#pinned = this.#go(step);
  }

  #go(step) {
    const shown = step === null || step >= newest(this.#lines) ? null : step;
    this.#draw(shown);
    this.look(shown);
    return shown;
  }
}

/** “Step 90 of 180 at 143 px: 8.2, 2.3 × the best photograph.” */
export function inWords(lines, step, { of, best = null }) {
  const shown = step ?? newest(lines);
  const value = ({ points }) => at(points, shown)?.value ?? 0;
  const place = `Step ${shown} of ${of}`;
  const each = lines.map((one) => `${METHODS[one.name]?.toLowerCase()} ${figure(value(one))}`);
  if (lines.length > 1 || lines[0].name !== ONE)
    return `${place}: ${[...each, ...(best === null ? [] : [`the best photograph ${figure(best)}`])].join(", ")}.`;
  const size = sizeAt(lines[0].grown ?? [], shown);
  const [own] = lines.map(value);
  const told = [figure(own), against(own, best)].filter(Boolean);
  return `${place}${size ? ` at ${size} px` : ""}: ${told.join(", ")}.`;
}

const newest = (lines) => Math.max(0, ...lines.map(({ points }) => points.at(-1)?.step ?? 0));

function shapes({ frame, x, ticks, best, lines, rungs }, step) {
  const { left, right, top, bottom, of } = frame;
  const path = (kind, d) => svg("path", { class: kind, d });
  const text = (kind, at, y, words) => svg("text", { class: kind, x: at, y }, words);
  return [
    ...ticks.map(({ y }) => path("grid", `M${left} ${y}H${right}`)),
    ...ticks.map(({ value, y }) => text("end", left - 6, y + 4, figure(value))),
    ...rungs.slice(1).map((rung) => path("rung", `M${rung.x} ${top - 4}V${bottom}`)),
    ...readable(rungs).map((rung, i) => text("", rung.x + 3, top - 7, i ? rung.label : `${rung.label} px`)),
    ...(best === null
      ? []
      : [path("best", `M${left} ${best}H${right}`), text("end best", right, best - 5, "the best photograph")]),
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
  for (const rung of rungs)
    if (!shown.length || rung.x - shown.at(-1).x > ROOM + (shown.length === 1 ? ROOM / 2 : 0)) shown.push(rung);
  return shown;
}
