// Mazes and open ground, each made from a seed: six makers of mazes, and caves, rooms and hills.
// @ts-check

import { button, html, select } from "./elements.js";
import { make, MAKERS } from "./makers.js";

const SIZES = [["21x13", "21 × 13"], ["41x25", "41 × 25"], ["61x37", "61 × 37"], ["101x61", "101 × 61"], ["201x121", "201 × 121"]];

export default function mazes(desk, place) {
  const wanted = { maker: "backtracker", size: "41x25", braid: false };
  const seed = html("input", { type: "number", min: 0, max: 999999, value: 1, "data-seed": true, "aria-label": "Seed", onchange: () => build() });
  const said = html("p", { class: "said", role: "status" });

  function build() {
    const [width, height] = wanted.size.split("x").map(Number);
    const made = make(wanted.maker, width, height, Number(seed.value) || 0, wanted.braid);
    desk.load(made);
    said.textContent = `${MAKERS[wanted.maker]}, seed ${seed.value}.`;
  }

  place.append(
    html("div", { class: "row" },
      select("Made by ", Object.entries(MAKERS), wanted.maker, (value) => { wanted.maker = value; build(); }, { "data-maker": true }),
      select("Size ", SIZES, wanted.size, (value) => { wanted.size = value; build(); }),
      html("label", { class: "line" }, "Seed ", seed)),
    html("div", { class: "row" },
      button("Make it", build, { "data-make": true }),
      button("Another seed", () => { seed.value = String((Number(seed.value) + 1) % 1e6); build(); }),
      html("label", { class: "line" }, html("input", { type: "checkbox", onchange: (event) => { wanted.braid = event.target.checked; build(); } }), " Open its dead ends")),
    said,
    html("p", { class: "help" }, "In a perfect maze one path leads from any cell to any other, so nothing is there to be chosen: watch how little an estimate helps. Open the dead ends, and it has a choice again."),
  );
}
