// A policy that a reader pastes: what it grants and denies, what is inherited, wrong or risky. Nothing is kept or sent.
// @ts-check

import { covers } from "./access.js";
import { Checker, risks } from "./check.js";
import { evaluate, unnamed } from "./conditions.js";
import { read } from "./document.js";
import { cut, facts } from "./facts.js";
import { PUBLIC } from "./members.js";
import { below, DocumentError } from "./scalar.js";

const RULE = ["deniedPrincipals", "exceptionPrincipals", "deniedPermissions", "exceptionPermissions"];
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const strings = (found) => (Array.isArray(found) ? found.filter((each) => typeof each === "string") : []);

export function readPolicy(text, kind = null) {
  let document;
  try {
    document = read(text);
  } catch (error) {
    if (error instanceof DocumentError) return told([], [], [{ line: error.line, text: error.message }]);
    throw error;
  }
  const checker = new Checker(document.lines);
  const [grants, denials] = [/** @type {any[]} */ ([]), /** @type {any[]} */ ([])];
  for (const [path, policy, on, name] of policies(document.data, checker, kind)) {
    if ("rules" in policy) {
      checker.deny(policy, path);
      denials.push(...denialsOf(document, policy, path, on, name));
    } else {
      checker.allow(policy, path, on);
      grants.push(...grantsOf(document, policy, path, on, name));
    }
  }
  const first = [...grants, ...denials][0]?.on;
  for (const each of [...grants, ...denials]) each.inherited = each.on !== first;
  return told(grants, denials, checker.problems);
}

/** May a member, taken literally, do it by what was pasted? `by` are the lines that decide. */
export function judge({ grants, denials }, member, permission, time = null) {
  const denied = denials.filter(({ rule }) => denies(rule, member) && covers(rule, permission));
  const granted = grants.filter((each) => grantsTo(each, member) && each.permissions?.includes(permission));
  const values = granted.map(({ condition }) => (condition ? evaluate(condition, unnamed(time)) : true));
  const hard = denied.filter(({ condition }) => !condition);
  const lines = (list) => list.map(({ line }) => line);
  if (hard.length) return { answer: "denied", by: lines(hard) };
  if (values.includes(true) && !denied.length) return { answer: "allowed", by: lines(granted.filter((_, i) => values[i])) };
  if (values.includes(true) || values.includes(null)) return { answer: "unknown", by: lines([...denied, ...granted]) };
  return { answer: "denied", by: [] };
}

function told(grants, denials, problems) {
  return { grants, denials, problems: [...problems].sort((a, b) => a.line - b.line), risks: grants.flatMap(risks) };
}

function policies(data, checker, kind) {
  if (!Array.isArray(data) || !data.length) return one(data, "", kind, null, checker);
  return data.flatMap((each, i) => (isObject(each) && "policy" in each ? one(each.policy, below(String(i), "policy"), each.type ?? null, String(each.id ?? "None"), checker) : one(each, String(i), kind, null, checker)));
}

function one(policy, path, kind, name, checker) {
  if (isObject(policy) && ("bindings" in policy || "rules" in policy)) return [[path, policy, kind, name]];
  const keys = isObject(policy) ? Object.keys(policy) : [];
  if (keys.length && keys.every((key) => key === "etag" || key === "version")) return [];
  checker.say(path, "This is no policy: it has neither bindings nor rules.");
  return [];
}

const onOf = (kind, name) => (kind && name ? `${kind} ${name}` : kind);

function grantsOf(document, { bindings }, path, kind, name) {
  return (Array.isArray(bindings) ? bindings : []).flatMap((binding, i) => {
    if (!isObject(binding) || typeof binding.role !== "string" || !Array.isArray(binding.members)) return [];
    const { role, members, condition } = binding;
    const expression = isObject(condition) && typeof condition.expression === "string" ? condition.expression : null;
    const held = Object.hasOwn(facts.roles, role) ? facts.roles[role] : null;
    return members.flatMap((member, j) => (typeof member !== "string" ? [] : [{ on: onOf(kind, name), kind, role, member, condition: expression, permissions: held, line: document.lines.get(`${below(path, "bindings")}/${i}/members/${j}`) }]));
  });
}

function denialsOf(document, { rules }, path, kind, name) {
  return (Array.isArray(rules) ? rules : []).flatMap((each, i) => {
    const rule = isObject(each) ? each.denyRule : null;
    if (!isObject(rule)) return [];
    const { denialCondition: condition } = rule;
    return [{ on: onOf(kind, name), kind, rule: Object.fromEntries(RULE.map((part) => [part, strings(rule[part])])), condition: isObject(condition) ? String(condition.expression ?? "None") : null, line: document.lines.get(`${below(path, "rules")}/${i}/denyRule`) }];
  });
}

function grantsTo(grant, member) {
  const open = /^(user|serviceAccount):/.test(member) && !member.includes("[") ? PUBLIC : PUBLIC.slice(0, 1);
  return grant.member === member || open.includes(grant.member);
}

function denies(rule, member) {
  const [kind, value] = cut(member, ":");
  const names = [member, kind === "serviceAccount" ? `principal://iam.googleapis.com/projects/-/serviceAccounts/${value}` : `principal://goog/subject/${value}`];
  return !names.some((each) => rule.exceptionPrincipals.includes(each)) && [...names, "principalSet://goog/public:all"].some((each) => rule.deniedPrincipals.includes(each));
}
