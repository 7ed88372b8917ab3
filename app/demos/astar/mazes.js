// Mazes and open ground, which the server makes from a seed.
// @ts-check

import { button, html, select } from "./elements.js";
import { ready } from "./maps.js";

const SIZES = [["21x13", "21 × 13"], ["41x25", "41 × 25"], ["61x37", "61 × 37"], ["101x61", "101 × 61"], ["201x121", "201 × 121"]];

export default function mazes(desk, place) {
  const makers = JSON.parse(place.closest("[data-list]").dataset.list);
  const wanted = { maker: makers[0][0], size: "41x25" };
  const seed = html("input", { type: "number", min: 0, max: 999999, value: 1, "data-seed": true, "aria-label": "Seed", onchange: () => build() });
  const said = html("p", { class: "said", role: "status" });

  async function build() {
    const name = `${wanted.maker}:${wanted.size}:${Number(seed.value) || 0}`;
    try {
      desk.load(await ready(name));
      said.textContent = `${Object.fromEntries(makers)[wanted.maker]}, seed ${seed.value}.`;
    } catch (error) {
      said.textContent = error.message;
    }
  }

  place.append(
    html("div", { class: "row" },
      select("Made by ", makers, wanted.maker, (value) => { wanted.maker = value; build(); }, { "data-maker": true }),
      select("Size ", SIZES, wanted.size, (value) => { wanted.size = value; build(); }),
      html("label", { class: "line" }, "Seed ", seed)),
    html("div", { class: "row" },
      button("Make it", build, { "data-make": true }),
      button("Another seed", () => { seed.value = String((Number(seed.value) + 1) % 1e6); build(); })),
    said,
    html("p", { class: "help" }, "In a perfect maze one path leads from any cell to any other, so nothing is there to be chosen: watch how little an estimate helps. Draw a gate into a wall, and it has a choice again."),
  );
}
