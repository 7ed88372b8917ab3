// What may be granted in a sandbox.
// @ts-check

import { sandboxOf } from "./engine.js";
import { cut, facts, unique, without } from "./facts.js";

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
