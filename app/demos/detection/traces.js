// Who removed whom: a sentence for each, and both boxes on the photograph while one is looked at.
// @ts-check

import { make, redraw } from "./list.js";
import { words } from "./objects.js";

const LONGEST = 60;

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function traces(root, view) {
  const details = root.closest("details");
  const list = make("ol", { class: "traces" });
  root.replaceChildren(list);
  const at = ({ target }) => view.shown()?.removed[target.closest("button")?.dataset.key];
  const look = (event) => at(event) && view.together(view.shown().pair(at(event)));
  for (const type of ["pointerover", "focusin"]) list.addEventListener(type, look);
  for (const type of ["pointerleave", "focusout"]) list.addEventListener(type, () => view.together(null));

  function draw() {
    if (details.open) redraw(list, view.shown() ? sentences(view.shown()) : []);
  }
  details.addEventListener("toggle", draw);
  draw();
  return { draw };
}

/** The surest victims first. */
function sentences({ removed, pair }) {
  const said = removed.slice(0, LONGEST).map((each, place) => {
    const button = make("button", { type: "button", class: "bare", "data-key": place }, sentence(...pair(each), each));
    return make("li", {}, button);
  });
  const more = removed.length - said.length;
  return more > 0 ? [...said, make("li", { class: "help" }, `and ${more.toLocaleString("en")} more`)] : said;
}

/** "dog 0.61 removed by dog 0.83, IoU 0.74" */
export function sentence(victim, suppressor, { iou, score }) {
  const how = score < victim.score ? `lowered to ${score.toFixed(2)} by` : "removed by";
  return `${words(victim)} ${how} ${words(suppressor)}, IoU ${iou.toFixed(2)}`;
}
