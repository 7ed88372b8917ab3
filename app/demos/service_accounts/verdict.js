// May this pod do that with this bucket? Answered step by step, as the request goes: credentials, deny, allow.
// @ts-check

import { decide } from "./access.js";
import { credentials, mend, podNamed, step } from "./credentials.js";
import { facts } from "./facts.js";
import { deniedMember, member } from "./members.js";

const SCOPE = "https://www.googleapis.com/auth/";
const CANNOT = "It cannot be told without the object’s name or the time.";

export function may(sandbox, pod, permission, bucket, object = null, time = null) {
  if (!sandbox.buckets[bucket]) throw new Error(`There is no bucket ${bucket} in the sandbox.`);
  const [identity, first] = credentials(sandbox, pod, time);
  if (!identity) return verdict("denied", null, first);
  const resource = ["storage.buckets.create", "storage.buckets.list"].includes(permission) ? `projects/${sandbox.buckets[bucket].project}` : `buckets/${bucket}`;
  const scope = scopeOf(sandbox, pod, identity, permission);
  const asked = decide(sandbox, identity, permission, resource, object, time);
  const steps = [...first, ...scope, denied(asked, identity), ...allowed(asked, identity, permission, resource)];
  let answer = scope.some(({ holds }) => holds === false) ? "denied" : asked.answer;
  if (answer === "allowed" && steps.some(({ id, holds }) => id === "impersonation" && holds === null)) answer = "unknown";
  return verdict(answer, identity, steps);
}

/** Whether a token with these scopes may be used for a permission. */
export function within(scopes, permission) {
  const names = scopes.map((scope) => scope.replace(SCOPE, ""));
  if (names.includes("cloud-platform") || (names.includes("devstorage.full_control") && permission.startsWith("storage."))) return true;
  return names.some((name) => facts.scopes[name]?.includes(permission));
}

/** What the program prints for a no. */
export function symptom({ answer, identity, failing, steps }, permission) {
  if (answer !== "denied") return null;
  if (identity === null) return { metadata: "google.auth.exceptions.DefaultCredentialsError: Your default credentials were not found.", impersonation: "403 Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).", key: "google.auth.exceptions.RefreshError: ('invalid_grant: Invalid JWT Signature.')" }[failing] ?? null;
  const [kind, email] = identity.split(":");
  return `403 ${kind === "serviceAccount" ? email : "Caller"} does not have ${permission} access to the Google Cloud Storage ${permission.startsWith("storage.objects.") ? "object" : "bucket"}.`;
}

export function verdict(answer, identity, steps) {
  const wanted = { denied: false, unknown: null }[answer];
  return { answer, identity: identity && member(identity), steps, failing: answer === "allowed" ? null : steps.find(({ holds }) => holds === wanted)?.id ?? null };
}

function scopeOf(sandbox, pod, { scopes }, permission) {
  if (!scopes) return [];
  const { cluster } = podNamed(sandbox, pod);
  const names = scopes.map((scope) => scope.replace(SCOPE, "")).join(", ") || "none";
  const sought = "Do the node’s access scopes let its token do this?";
  if (within(scopes, permission)) return [step("scope", sought, true, `Its scopes are ${names}.`)];
  return [step("scope", sought, false, `Its scopes are ${names}: they cap what IAM grants.`, "the scope cloud-platform, or workload identity, which has no scopes", [...mend("workloadIdentity", sandbox, cluster), ...mend("widerScopes", sandbox, cluster)])];
}

function denied(asked, identity) {
  const sought = "Is there a deny policy against it? It would win over every grant.";
  if (!asked.deny.length) return step("deny", sought, true, "No deny rule names it.");
  const worst = asked.deny.find(({ holds }) => holds) ?? asked.deny[0];
  const hit = `${worst.resource} denies ${worst.role} to ${worst.member}`;
  const principal = deniedMember(identity);
  const cure = mend("exceptFromDeny", worst.resource, principal);
  if (worst.holds === null) return step("deny", sought, null, `${hit}, if ${worst.condition}: that cannot be told here.`, null, cure);
  return step("deny", sought, false, `${hit}.`, `an exception for ${principal}`, cure);
}

function allowed(asked, identity, permission, resource) {
  const who = member(identity);
  const sought = `Does a binding on ${resource}, or above it, grant ${permission} to ${who}?`;
  const role = facts.advised[permission];
  const cure = mend("grant", resource, role, who);
  if (!asked.allow.length) return [step("allow", sought, false, asked.near.join(" ") || "None does.", `${who} with ${role} on ${resource}`, cure)];
  const best = [true, null, false].map((value) => asked.allow.find(({ holds }) => holds === value)).find(Boolean);
  const there = step("allow", sought, true, `${best.member} has ${best.role} on ${best.resource}.`);
  return best.condition === null ? [there] : [there, condition(best, cure)];
}

function condition({ condition: text, holds }, cure) {
  const sought = `Does its condition hold? ${text}`;
  if (holds) return step("condition", sought, true, "It does.");
  if (holds === null) return step("condition", sought, null, CANNOT);
  return step("condition", sought, false, "It does not.", "a binding whose condition holds, or that has none", cure);
}
