// IAM's decision for one identity, one permission and one resource: deny first, then allow, inherited from above.
// @ts-check

import { evaluate, requestFor } from "./conditions.js";
import { cut, permissions, unique } from "./facts.js";
import { chain, matches, policy, PUBLIC, resembles } from "./members.js";

export function decide(sandbox, identity, permission, resource, object = null, time = null) {
  const deny = denials(sandbox, identity, permission, resource);
  const allow = allowances(sandbox, identity, permission, resource, requestFor(permission, resource, object, time));
  let answer = anyOf(allow);
  if (anyOf(deny) === true) answer = false;
  else if (anyOf(deny) === null && answer !== false) answer = null;
  const near = answer ? [] : nearly(sandbox, identity, permission, resource);
  return { answer: answer === null ? "unknown" : answer ? "allowed" : "denied", deny, allow, near };
}

export function anyOf(found) {
  const values = found.map(({ holds }) => holds);
  return values.includes(true) ? true : values.includes(null) ? null : false;
}

export function denials(sandbox, identity, permission, resource) {
  return chain(sandbox, resource).flatMap((holder) => (policy(sandbox, holder).deny ?? []).flatMap((rule) => {
    const written = rule.deniedPrincipals.find((each) => matches(sandbox, each, identity));
    if (written === undefined || !covers(rule, permission) || (rule.exceptionPrincipals ?? []).some((each) => matches(sandbox, each, identity))) return [];
    const condition = rule.denialCondition?.expression ?? null;
    return [{ resource: holder, member: written, role: deniedName(permission), condition, holds: condition ? null : true }];
  }));
}

function allowances(sandbox, identity, permission, resource, request) {
  return chain(sandbox, resource).flatMap((holder) => policy(sandbox, holder).bindings.flatMap(({ role, members, condition }) => {
    if (!permissions(role, sandbox.roles)?.includes(permission)) return [];
    return members.filter((each) => matches(sandbox, each, identity) && !prevented(sandbox, each, resource)).map((written) => {
      const expression = condition?.expression ?? null;
      return { resource: holder, member: written, role, condition: expression, holds: expression ? evaluate(expression, request) : true };
    });
  }));
}

/** A permission as deny policies write it. */
export function deniedName(permission) {
  const [service, rest] = cut(permission, ".");
  return `${service === "resourcemanager" ? "cloudresourcemanager" : service}.googleapis.com/${rest}`;
}

export function covers(rule, permission) {
  const name = deniedName(permission);
  const written = [name, `${name.slice(0, Math.max(0, name.lastIndexOf(".")))}.*`, `${cut(name)[0]}/*`];
  return written.some((each) => rule.deniedPermissions.includes(each)) && !written.some((each) => rule.exceptionPermissions?.includes(each));
}

function prevented(sandbox, written, resource) {
  const [kind, name] = cut(resource);
  return PUBLIC.includes(written) && kind === "buckets" && sandbox.buckets[name].public_access_prevention;
}

/** Sentences on lines that were perhaps meant to allow it, and do not. */
function nearly(sandbox, identity, permission, resource) {
  return unique(chain(sandbox, resource).flatMap((holder) => policy(sandbox, holder).bindings.flatMap(({ role, members }) => {
    const held = permissions(role, sandbox.roles);
    return members.flatMap((written) => {
      const mine = matches(sandbox, written, identity);
      if (mine && prevented(sandbox, written, resource)) return [`${written} has ${role}, but public access is prevented.`];
      if (mine && !PUBLIC.includes(written) && held && !held.includes(permission)) return [`${role} on ${holder} does not contain ${permission}.`];
      return !mine && held?.includes(permission) ? [resembles(written, identity)].filter((each) => each !== null) : [];
    });
  })));
}
