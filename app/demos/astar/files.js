// Maps and scenarios in MovingAI's formats, in and out: a file that is dropped or chosen, all its scenarios run, and the picture.
// @ts-check

import { here } from "./asking.js";
import { solve } from "./best_first.js";
import { button, html } from "./elements.js";
import { read, scenarios, scenariosWritten, written } from "./maps.js";

const CLOSE = 1e-3; // lengths in files have few digits
const AT_ONCE = 25; // milliseconds between two breaths

export default function files(desk, place) {
  const said = html("p", { class: "said", role: "status" });
  const chart = html("div", { class: "wide" });
  const input = html("input", { type: "file", accept: ".map,.scen,.txt", "aria-label": "A .map or .scen file", "data-file": true, onchange: () => input.files[0] && take(input.files[0]) });
  place.append(
    html("label", { class: "line" }, "A .map or a .scen file ", input),
    html("div", { class: "row" },
      button("Save .map", () => save("playpress.map", written(desk.terrain)), { "data-save": "map" }),
      button("Save .scen", () => scenario(), { "data-save": "scen" }),
      button("Save PNG", () => desk.board.canvas.toBlob((picture) => keep("path.png", picture)), { "data-save": "png" })),
    said, chart,
    html("p", { class: "help" }, "Formats of the MovingAI benchmarks. Files can be dropped on the map; they stay in this browser. Scenarios are run on the map that is on the bench, without corner cutting, as their lengths are meant."));
  desk.place.addEventListener("drop", (event) => { if (event.dataTransfer?.files[0]) take(event.dataTransfer.files[0]); });

  async function take(file) {
    const text = await file.text();
    try {
      if (/^\s*version/.test(text)) return await run(scenarios(text));
      desk.load({ terrain: read(text) });
      said.textContent = `${file.name}: ${desk.terrain.width} × ${desk.terrain.height} cells.`;
    } catch (error) {
      said.textContent = `${file.name}: ${error.message}`;
    }
  }

  /** All scenarios, a few at a time, so that the page stays awake. */
  async function run(all) {
    const { terrain } = desk;
    const asked = desk.question();
    const question = { ...(here(asked) ? asked : { ...asked, algorithm: "astar", heuristic: "octile" }), diagonal: "no-corner-cutting" };
    const strange = all.find(({ width, height, start, goal }) => width !== terrain.width || height !== terrain.height || ![start, goal].every((cell) => terrain.cells[terrain.at(cell)]));
    if (strange) throw new Error(`its scenarios are for another map, of ${strange.width} × ${strange.height} cells. Open that map first.`);
    const done = [];
    for (let pause = performance.now(); done.length < all.length;) {
      const one = all[done.length];
      const { cost, expanded } = solve({ ...question, start: one.start, goal: one.goal });
      done.push({ ...one, expanded, right: Math.abs((cost ?? 0) - one.length) < CLOSE, ratio: (cost ?? 0) / (one.length || 1) });
      if (performance.now() - pause < AT_ONCE) continue;
      said.textContent = `${done.length} of ${all.length} scenarios…`;
      await new Promise((next) => setTimeout(next));
      pause = performance.now();
    }
    report(done);
  }

  function report(done) {
    const right = done.filter((each) => each.right).length;
    const most = Math.max(...done.map(({ ratio }) => ratio));
    said.textContent = `${right} of ${done.length} lengths as in the file${right < done.length ? `, the worst ${most.toFixed(3)} times as long` : ""}.`;
    const buckets = Map.groupBy ? Map.groupBy(done, ({ bucket }) => bucket) : done.reduce((map, each) => map.set(each.bucket, [...map.get(each.bucket) ?? [], each]), new Map());
    const rows = [...buckets].map(([bucket, list]) => ({ bucket, mean: list.reduce((sum, { expanded }) => sum + expanded, 0) / list.length }));
    chart.replaceChildren(plot(rows));
  }

  function scenario() {
    const { result, terrain, start, goal } = desk;
    if (!result?.found) return void (said.textContent = "There is no path to keep as a scenario.");
    save("playpress.map.scen", scenariosWritten("playpress.map", terrain, [{ start, goal, length: result.optimum ?? result.cost }]));
  }
}

/** Mean expansions by bucket as bars. @param {{bucket: number, mean: number}[]} rows */
function plot(rows) {
  const most = Math.max(1, ...rows.map(({ mean }) => mean));
  return html("table", { class: "buckets" }, html("caption", {}, "Expanded on average, by bucket of four cells of length"), html("tbody", {}, ...rows.map(({ bucket, mean }) => html("tr", {}, html("th", { scope: "row" }, `${4 * bucket}–${4 * bucket + 4}`), html("td", {}, html("meter", { max: most, value: mean, "aria-label": "Expanded" })), html("td", {}, Math.round(mean).toLocaleString("en"))))));
}

const save = (name, text) => keep(name, new Blob([text], { type: "text/plain" }));

function keep(name, blob) {
  const link = html("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
