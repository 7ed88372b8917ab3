// What RBAC, the other system of the same name, allows.
// @ts-check

import { accountOf, podNamed, step } from "./credentials.js";
import { cut } from "./facts.js";
import { granted, user } from "./reach.js";

/** May the pod, with the token that is mounted in it, do this in its own namespace? */
export function can(sandbox, name, verb, resource) {
  const pod = podNamed(sandbox, name);
  const [where] = cut(name);
  const account = accountOf(name, pod);
  const steps = [token(name, pod, account)];
  if (steps[0].holds) steps.push(bound(sandbox, pod.cluster, account, verb, resource, where));
  const failing = steps.find(({ holds }) => !holds)?.id ?? null;
  return { answer: failing ? "denied" : "allowed", identity: user(account), steps, failing };
}

function token(name, { automount }, account) {
  const sought = `Does the pod hold a token of ${account}?`;
  if (automount) return step("token", sought, true, `It is mounted; the API server sees ${user(account)}.`);
  return step("token", sought, false, "automountServiceAccountToken is false: it asks as system:anonymous.", "a mounted token", [{ tool: "YAML", text: `# in the pod ${name}\nspec:\n  automountServiceAccountToken: true` }]);
}

function bound(sandbox, cluster, account, verb, resource, where) {
  const sought = `Does a role binding let ${account} ${verb} ${resource} in ${where}?`;
  const binding = granted(sandbox, cluster, account, verb, resource, where);
  if (binding) return step("rbac", sought, true, `${binding} does.`);
  const name = `${cut(account)[1]}-${resource.replaceAll("/", "-")}`;
  const text = `kubectl create role ${name} --namespace ${where} --verb=${verb} --resource=${resource}\nkubectl create rolebinding ${name} --namespace ${where} --role=${name} \\\n  --serviceaccount=${account.replaceAll("/", ":")}`;
  return step("rbac", sought, false, "None does. Google’s IAM roles do not count here.", `a role for ${verb}`, [{ tool: "kubectl", text }]);
}
