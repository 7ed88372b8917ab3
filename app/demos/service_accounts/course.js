// The course of least privilege: what everybody needs there, and how much more than that is granted.
// @ts-check

import { copy, cut, facts, without } from "./facts.js";
import { reach } from "./reach.js";
import { may } from "./verdict.js";
import { changed, changes, inLine, started } from "./words.js";

export function score(sandbox, line) {
  let laid = started("golf");
  for (const word of inLine(line)) {
    const made = changes(laid, without(word, "-"), !word.startsWith("-"));
    if (made.some((change) => !change.bind && !change.unbind)) throw { changes: "Only grants of predefined roles are made and taken away on this course." };
    laid = changed(laid, made);
  }
  const { needs, par, pods } = copy(facts.golf);
  for (const need of needs) need.met = may(sandbox, need.pod, need.permission, need.bucket).answer === "allowed";
  const reached = pods.flatMap((pod) => reach(sandbox, pod).reached.map(({ resource, permission }) => ({ pod, resource, permission })));
  const wanted = ({ pod, resource, permission }) => needs.some((need) => need.pod === pod && need.permission === permission && need.bucket === cut(resource)[1] && resource.startsWith("buckets/"));
  return { works: needs.every(({ met }) => met), needs, strokes: reached.length, par, spare: reached.filter((each) => !wanted(each)) };
}
