// What is measured of a channel, for its card. The first card is the server’s: this is loaded with the second.
// @ts-check

import { times } from "./activation.js";
import { twins } from "./channels.js";
import { html } from "./elements.js";
import { figure } from "/static/js/words.js";

/** Rows of a list. */
export function rows(sheet, at, sheets) {
  const { channel } = at;
  const [drawn, best, mean, deviation] = [sheet.activation, sheet.best, sheet.mean, sheet.deviation].map(
    (all) => all[channel],
  );
  const ratio = times(drawn, best);
  const alike = twins(sheet, channel).slice(0, 3);
  const row = (name, ...words) => html("div", {}, html("dt", {}, name), html("dd", {}, ...words));
  return [
    row("Its drawing", `${figure(drawn)}${ratio ? `, ${ratio} the best photograph` : ""}`),
    row("The best crop of the gallery", figure(best)),
    row("Usual in the gallery", `${figure(mean)} ± ${figure(deviation)}`),
    ...(alike.length
      ? [
          row(
            "Nearly the same",
            ...alike.flatMap(([other, r], i) => [
              i ? ", " : "",
              html("a", { href: sheets.address({ ...at, channel: other }) }, String(other)),
              ` (${r.toFixed(2)})`,
            ]),
          ),
        ]
      : []),
  ];
}
