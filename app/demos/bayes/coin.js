// A coin that may be bent: tossed here or elsewhere, with a prior worth so many imagined tosses.
// @ts-check

import { deviation, imagined, interval, mean, mode, predictive, tossed } from "./beta.js";
import { paint } from "./chart.js";
import { densities } from "./densities.js";
import { facts, html, svg } from "./elements.js";
import { count, percent } from "./wording.js";

const MOST = 1_000_000;
const HIGH = 120;

/** What is believed after so many heads and tails. @param {import("./beta.js").Beta} prior */
export function told(prior, [heads, tails], mass) {
  const after = { a: prior.a + heads, b: prior.b + tails };
  const weight = (prior.a + prior.b) / (after.a + after.b);
  return { after, mean: mean(after), mode: mode(after), deviation: deviation(after), interval: interval(after, mass), weight };
}

/** “After 7 heads and 3 tails: 66.7 %, and with 95 % between 39 % and 89.1 %.” */
export function words({ mean: middle, interval: [low, high] }, [heads, tails], mass) {
  const many = (number, noun) => `${count(number)} ${noun}${number === 1 ? "" : "s"}`;
  return `After ${many(heads, "head")} and ${many(tails, "tail")}: ${percent(middle)}, and with ${percent(mass)} between ${percent(low)} and ${percent(high)}.`;
}

/** @param {import("./panel.js").View} view */
export default function coin(view) {
  const { bench } = view;
  let bias = Math.random();
  let counts = [0, 0];
  const mark = html("span", { class: "marked" });
  view.find("chart").parentElement.append(mark);
  mark.hidden = true;

  function toss(times) {
    const now = tossed(view.values().tosses ?? "");
    if (own && typeof now !== "string") counts = now;
    own = true;
    const heads = Array.from({ length: times }, () => Math.random() < bias).filter(Boolean).length;
    const [all, up] = [counts[0] + counts[1] + times, counts[0] + heads];
    if (all > MOST) return bench.say("That is enough for any coin");
    view.set({ tosses: `${up} of ${all}` });
  }

  /** The first toss here begins anew: what was counted before was another coin. */
  let own = false;
  view.find("flip").parentElement.addEventListener("click", ({ target }) => {
    const what = target.closest("[data-flip]")?.dataset.flip;
    if (!what) return;
    if (!own || what === "new") counts = [0, 0];
    if (what === "new") {
      own = true;
      bias = Math.random();
      show();
      return view.set({ tosses: "0 of 0" });
    }
    toss(Number(what));
  });
  const show = () => {
    mark.hidden = !view.find("show").checked;
    mark.style.insetInlineStart = `${100 * bias}%`;
    mark.title = `Its bias: ${percent(bias)}`;
    if (!mark.hidden) bench.say(`This coin falls heads with ${percent(bias)}`, { aloudOnly: true });
  };
  view.find("show").addEventListener("change", show);

  return {
    draw(values) {
      const read = tossed(values.tosses ?? "7 of 10");
      if (typeof read === "string") return { tosses: `Tosses: ${read}` };
      if (read[0] + read[1] > MOST) return { tosses: `Tosses: ${count(MOST)} at most.` };
      counts = read;
      const [prior, mass] = [imagined(values.imagined, values.heads), values.mass / 100];
      const now = told(prior, counts, mass);
      const said = words(now, counts, mass);
      if (view.find("told").textContent !== said) bench.say(said, { aloudOnly: true });
      view.find("told").textContent = said;
      paint(view.find("chart"), ...densities({ prior, posterior: now.after }, { posterior: now.interval }));
      ahead(predictive(now.after, values.ahead));
      facts(view.find("facts"), [
        ["The next toss is heads", percent(now.mean)],
        ["The curve is highest at", percent(now.mode)],
        ["Give or take", percent(now.deviation)],
        ["The prior counts for", percent(now.weight)],
      ]);
      return null;
    },
  };

  function ahead(chances) {
    const most = Math.max(...chances);
    const bars = view.find("bars");
    bars.setAttribute("viewBox", `0 0 ${chances.length * 20} ${HIGH}`);
    bars.replaceChildren(...chances.map((chance, k) => {
      const height = (HIGH * chance) / most;
      const bar = svg("rect", { x: k * 20 + 2, y: (HIGH - height).toFixed(1), width: 16, height: height.toFixed(1) });
      bar.append(svg("title", {}, `${k}: ${percent(chance)}`));
      return bar;
    }));
    view.find("ahead").textContent = `Heads among the next ${chances.length - 1} tosses`;
    view.find("counts").replaceChildren(html("span", {}, "0"), html("span", {}, String(chances.length - 1)));
  }
}
