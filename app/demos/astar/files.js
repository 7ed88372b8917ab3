// Maps and scenarios in MovingAI's formats, in and out: a file that is dropped or chosen, all its scenarios run, and the picture.
// @ts-check

import { here } from "./asking.js";
import { solve } from "./best_first.js";
import { button, html } from "./elements.js";
import { read, scenarios, scenariosWritten, written } from "./maps.js";

const CLOSE = 1e-3; // lengths in files have few digits
const AT_ONCE = 25; // milliseconds between two breaths
const KEPT = 10_000;
const CHEAPEST = { algorithm: "astar", heuristic: "octile", weight: 1, formula: undefined, diagonal: "no-corner-cutting" }; // what lengths are meant by
const HELP = "Formats of the MovingAI benchmarks. Files can be dropped on the map; they stay in this browser. Scenarios are run on the map that is on the bench, without corner cutting, as their lengths are meant.";

class Files {
  #said = html("p", { class: "said", role: "status" });
  #chart = html("div", { class: "wide" });

  constructor(desk, place) {
    this.desk = desk;
    const input = html("input", { type: "file", accept: ".map,.scen,.txt", "data-file": true, onchange: () => input.files[0] && this.#take(input.files[0]) });
    place.append(
      html("label", { class: "line" }, "A .map or a .scen file ", input),
      html("div", { class: "row" },
        button("Save .map", () => save("playpress.map", written(desk.terrain)), { "data-save": "map" }),
        button("Save .scen", () => this.#scenario(), { "data-save": "scen" }),
        button("Save PNG", () => desk.board.canvas.toBlob((picture) => keep("path.png", picture)), { "data-save": "png" })),
      this.#said, this.#chart, html("p", { class: "help" }, HELP));
    desk.place.addEventListener("drop", (event) => { if (event.dataTransfer?.files[0]) this.#take(event.dataTransfer.files[0]); });
  }

  async #take(file) {
    const text = await file.text();
    try {
      if (/^\s*version/.test(text)) return await this.#run(scenarios(text));
      this.desk.load({ terrain: read(text) });
      const { width, height } = this.desk.terrain;
      this.#said.textContent = `${file.name}: ${width} × ${height} cells.`;
    } catch (error) {
      this.#said.textContent = `${file.name}: ${error.message}`;
    }
  }

  /** All scenarios, a few at a time, so that the page stays awake. */
  async #run(all) {
    const { terrain } = this.desk;
    const strange = all.find(({ width, height, start, goal }) => width !== terrain.width || height !== terrain.height || ![start, goal].every((cell) => terrain.cells[terrain.at(cell)]));
    if (strange) throw new Error(`its scenarios are for another map, of ${strange.width} × ${strange.height} cells. Open that map first.`);
    const asked = this.desk.question();
    const question = { ...asked, ...(here(asked) ? { diagonal: CHEAPEST.diagonal } : CHEAPEST) };
    const done = [];
    for (let pause = performance.now(); done.length < all.length;) {
      done.push(held(all[done.length], question));
      if (performance.now() - pause < AT_ONCE) continue;
      this.#said.textContent = `${done.length} of ${all.length} scenarios…`;
      await new Promise((next) => setTimeout(next));
      pause = performance.now();
    }
    this.#report(done);
  }

  #report(done) {
    const right = done.filter((each) => each.right).length;
    const most = Math.max(...done.map(({ ratio }) => ratio));
    this.#said.textContent = `${right} of ${done.length} lengths as in the file${right < done.length ? `, the worst ${most.toFixed(3)} times as long` : ""}.`;
    const buckets = new Map();
    for (const each of done) buckets.set(each.bucket, [...buckets.get(each.bucket) ?? [], each.expanded]);
    this.#chart.replaceChildren(plot([...buckets].map(([bucket, counts]) => ({ bucket, mean: counts.reduce((sum, each) => sum + each) / counts.length }))));
  }

  #scenario() {
    const { terrain, start } = this.desk;
    const { cost, path } = solve({ ...this.desk.question(), ...CHEAPEST });
    if (cost === null) return void (this.#said.textContent = "There is no path to keep as a scenario.");
    save("playpress.map.scen", scenariosWritten("playpress.map", terrain, [{ start, goal: path.at(-1), length: cost }]));
  }
}

/** A scenario as it went, beside the length that its file tells. */
function held(one, question) {
  const { cost, expanded } = solve({ ...question, start: one.start, goal: one.goal });
  return { ...one, expanded, right: Math.abs((cost ?? 0) - one.length) < CLOSE, ratio: (cost ?? 0) / (one.length || 1) };
}

/** Mean expansions by bucket as bars. @param {{bucket: number, mean: number}[]} rows */
function plot(rows) {
  const most = Math.max(1, ...rows.map(({ mean }) => mean));
  const line = ({ bucket, mean }) => html("tr", {},
    html("th", { scope: "row" }, `${4 * bucket}–${4 * bucket + 4}`),
    html("td", {}, html("meter", { max: most, value: mean, "aria-label": "Expanded" })),
    html("td", {}, Math.round(mean).toLocaleString("en")));
  return html("table", { class: "buckets" }, html("caption", {}, "Expanded on average, by bucket of four cells of length"), html("tbody", {}, ...rows.map(line)));
}

const save = (name, text) => keep(name, new Blob([text], { type: "text/plain" }));

function keep(name, blob) {
  const link = html("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), KEPT);
}

export default (desk, place) => new Files(desk, place);
