// Everything that the bench answers, from its values alone: what the server answers too.
// @ts-check

import { copy, cut, facts, unique, without } from "./facts.js";
import { graph } from "./graph.js";
import { can, reach } from "./reach.js";
import { mending, offered } from "./switches.js";
import { may, symptom } from "./verdict.js";
import { changed, changes, inLine, read, said, started } from "./words.js";

export { learned } from "./facts.js";
export { holding, told } from "./switches.js";
export { said };

/** The sandbox that the values describe. Throws {field: sentence}. */
export function sandboxOf(values) {
  let sandbox;
  try {
    sandbox = read(started(values.start), values.changes);
  } catch (error) {
    throw { changes: error.message };
  }
  for (const [field, there] of [["pod", sandbox.pods], ["bucket", sandbox.buckets]]) {
    const names = Object.keys(there);
    if (!names.includes(values[field])) throw { [field]: `This sandbox has no ${field} ${values[field]}: there are ${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}.` };
  }
  return sandbox;
}

/** As the API answers. Throws {field: sentence}. */
export function answer(values) {
  const sandbox = sandboxOf(values);
  const { start, system, pod, permission, bucket, request } = values;
  const time = values.time ? `${values.time}T12:00:00Z` : null;
  const iam = system === "iam" ? may(sandbox, pod, permission, bucket, null, time) : null;
  /** @type {any} */
  const found = { symptom: null, reach: reach(sandbox, pod, time), ...(iam ?? can(sandbox, pod, facts.allowed[request][0], facts.allowed[request][1])) };
  if (iam) found.symptom = symptom(iam, permission);
  if (facts.errors[start]) found.checks = checked(start, may(sandbox, pod, permission, bucket).steps);
  if (start === "golf") found.golf = score(sandbox, values.changes);
  return found;
}

/** The answer with all that is drawn of it. */
export function shown(values) {
  const [sandbox, now] = [sandboxOf(values), answer(values)];
  return {
    now,
    asked: values,
    graph: graph(sandbox, values, now),
    offered: offered(sandbox, values.pod, values.bucket, values.system),
    mends: mending(now, sandbox, values),
    pods: Object.keys(sandbox.pods),
    buckets: Object.keys(sandbox.buckets),
    sentence: `${{ allowed: "Yes", denied: "No", unknown: "It cannot be told" }[now.answer]}. ${values.pod} comes as ${brief(now.identity ?? "nobody: it gets no token")}.`,
  };
}

/** What may be granted, to whom and where, in this sandbox. */
export function grantable(values) {
  const sandbox = sandboxOf(values);
  const google = Object.keys(facts.short).filter((name) => sandbox.google_accounts[facts.short[name]]);
  const roles = Object.keys(facts.roles).filter((role) => facts.roles[role].some((each) => each.startsWith("storage."))).map((role) => without(role, "roles/"));
  const own = `${cut(values.pod)[0]}/${sandbox.pods[values.pod].service_account}`;
  return {
    who: unique([own, ...Object.keys(sandbox.kubernetes_accounts), ...google, ...Object.keys(facts.anybody)]),
    roles: roles.sort((a, b) => Number(b.startsWith("storage.")) - Number(a.startsWith("storage."))), // a stable sort
    where: [...Object.keys(sandbox.buckets), ...Object.keys(sandbox.projects).filter((name) => Object.values(sandbox.buckets).some(({ project }) => project === name))],
  };
}

function brief(member) {
  const name = Object.keys(facts.short).find((each) => member === `serviceAccount:${facts.short[each]}`);
  if (name) return name;
  const [, subject] = member.split("/subject/");
  return subject ? `${subject.replace("ns/", "").replace("/sa/", "/")}, itself` : member;
}

function checked(error, steps) {
  const checks = [];
  for (const name of facts.errors[error]) {
    const [question, command] = facts.checks[name];
    const step = steps.find(({ id }) => id === name);
    checks.push({ step: name, question, command, holds: step ? step.holds : null, found: step ? step.found : "The request does not come to this.", mends: step ? step.mends : [] });
    if (step?.holds === false) break;
  }
  return checks;
}

function score(sandbox, line) {
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
