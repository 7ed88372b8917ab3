// Everything that the bench answers, from its values alone: what the server answers too.
// @ts-check

import { facts } from "./facts.js";
import { graph } from "./graph.js";
import { reach } from "./reach.js";
import { mending, offered } from "./switches.js";
import { may, symptom } from "./verdict.js";
import { read, said, started } from "./words.js";

export { learned } from "./facts.js";
export { holding, told } from "./switches.js";
export { said };

/** What only some questions need. */
const part = (name) => import(`./${name}.js`);

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
export async function answer(values) {
  const sandbox = sandboxOf(values);
  const { start, system, pod, permission, bucket, request } = values;
  const time = values.time ? `${values.time}T12:00:00Z` : null;
  const iam = system === "iam" ? may(sandbox, pod, permission, bucket, null, time) : null;
  /** @type {any} */
  const found = { symptom: null, reach: reach(sandbox, pod, time), ...(iam ?? (await part("rbac")).can(sandbox, pod, ...facts.allowed[request])) };
  if (iam) found.symptom = symptom(iam, permission);
  if (facts.errors[start]) found.checks = checked(start, may(sandbox, pod, permission, bucket).steps);
  if (start === "golf") found.golf = (await part("course")).score(sandbox, values.changes);
  const ill = [...found.steps, ...(found.checks ?? [])].some(({ mends }) => mends.length);
  return ill ? (await part("mends")).written(found) : found;
}

/** The answer with all that is drawn of it. */
export async function shown(values) {
  const [sandbox, now] = [sandboxOf(values), await answer(values)];
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
