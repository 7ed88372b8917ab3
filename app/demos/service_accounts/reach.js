// All that one stolen pod can reach.
// @ts-check

import { anyOf, decide, denials } from "./access.js";
import { accountOf, credentials, fromMetadata, impersonation, podNamed } from "./credentials.js";
import { cut, facts } from "./facts.js";
import { federated, google, member } from "./members.js";
import { within } from "./verdict.js";

const KEYS = ["key file", "RBAC: get secrets"];
const RUNS = ["compute.instances.create", "run.services.create"];
const SETS = { buckets: "storage.buckets.setIamPolicy", serviceAccounts: "iam.serviceAccounts.setIamPolicy", projects: "resourcemanager.projects.setIamPolicy" };

export function reach(sandbox, pod, time = null) {
  const held = new Map();
  const waiting = atHand(sandbox, pod, time);
  while (waiting.length) {
    const [identity, via] = waiting.shift();
    if (held.has(member(identity))) continue;
    held.set(member(identity), [identity, via]);
    waiting.push(...become(sandbox, identity, time));
  }
  const reached = new Map();
  for (const [identity] of held.values()) {
    for (const each of permitted(sandbox, identity, time)) {
      const key = `${each.resource} ${each.permission}`;
      if (!reached.has(key) || (reached.get(key).self_granted && !each.self_granted)) reached.set(key, each);
    }
  }
  const list = [...reached.values()];
  const lasting = [...held.values()].some(([, via]) => KEYS.some((key) => via.startsWith(key))) || list.some(({ permission }) => permission === "iam.serviceAccountKeys.create" || permission.endsWith("setIamPolicy"));
  return { identities: [...held].map(([name, [, via]]) => ({ member: name, via })), reached: list, count: list.length, lasting };
}

function atHand(sandbox, name, time) {
  const pod = podNamed(sandbox, name);
  const found = [];
  const [first] = credentials(sandbox, name, time);
  if (first && pod.key) found.push([first, `key file ${pod.key.id} in the pod`]);
  if (!sandbox.kubernetes_accounts[accountOf(name, pod)]) return found;
  const [given, steps] = fromMetadata(sandbox, name, time);
  if (given && steps.every(({ holds }) => holds !== null)) found.push([given, "the metadata server"]);
  return [...found, ...byKubernetes(sandbox, name, pod, time)];
}

function become(sandbox, identity, time) {
  return Object.entries(sandbox.google_accounts).flatMap(([email, account]) => {
    if (!account.enabled) return [];
    const may = (permission, resource) => allowed(sandbox, identity, permission, resource, time);
    const resource = `serviceAccounts/${email}`;
    let how = Object.entries(facts.becomes).find(([held]) => may(held, resource))?.[1];
    if (!how && may("iam.serviceAccounts.actAs", resource) && Object.keys(sandbox.projects).some((project) => RUNS.some((run) => may(run, `projects/${project}`)))) how = "runs something as it";
    if (!how && setsPolicy(sandbox, identity, `projects/${account.project}`, time)) how = "rewrites its project’s policy";
    return how ? [[google(email), `${member(identity)} ${how}`]] : [];
  });
}

function permitted(sandbox, identity, time) {
  return [["buckets", "buckets"], ["serviceAccounts", "google_accounts"], ["projects", "projects"]].flatMap(([kind, collection]) => Object.keys(sandbox[collection]).flatMap((name) => {
    const resource = `${kind}/${name}`;
    const sets = setsPolicy(sandbox, identity, resource, time);
    return facts.permissions[kind].flatMap((permission) => {
      const has = allowed(sandbox, identity, permission, resource, time);
      return has || (sets && free(sandbox, identity, permission, resource)) ? [{ resource, permission, by: member(identity), self_granted: !has }] : [];
    });
  }));
}

function allowed(sandbox, identity, permission, resource, time) {
  return !(identity.scopes && !within(identity.scopes, permission)) && decide(sandbox, identity, permission, resource, null, time).answer === "allowed";
}

function setsPolicy(sandbox, identity, resource, time) {
  const [kind, name] = cut(resource);
  if (allowed(sandbox, identity, SETS[kind], resource, time)) return true;
  if (kind === "projects") return false;
  return setsPolicy(sandbox, identity, `projects/${(kind === "buckets" ? sandbox.buckets : sandbox.google_accounts)[name].project}`, time);
}

function free(sandbox, identity, permission, resource) {
  return !(identity.scopes && !within(identity.scopes, permission)) && anyOf(denials(sandbox, identity, permission, resource)) === false;
}

function byKubernetes(sandbox, name, { automount, cluster, service_account }, time) {
  if (!automount) return [];
  const mine = accountOf(name, { service_account });
  const found = [];
  for (const [account, known] of Object.entries(sandbox.kubernetes_accounts)) {
    const [where] = cut(account);
    const way = ["serviceaccounts/token", "pods"].find((resource) => granted(sandbox, cluster, mine, "create", resource, where));
    if (account !== mine && known.cluster === cluster && way) found.push(...asAccount(sandbox, cluster, account, `RBAC: create ${way} in ${where}`, time));
  }
  for (const [other, { key, cluster: home }] of Object.entries(sandbox.pods)) {
    const [where] = cut(other);
    const owner = key && sandbox.google_accounts[key.account];
    if (owner?.enabled && owner.keys.includes(key.id) && home === cluster && granted(sandbox, cluster, mine, "get", "secrets", where)) found.push([google(key.account), `RBAC: get secrets in ${where}`]);
  }
  return found;
}

function asAccount(sandbox, cluster, account, via, time) {
  if (!sandbox.clusters[cluster].workload_identity) return [];
  const identity = federated(sandbox, cluster, account);
  const email = sandbox.kubernetes_accounts[account].annotation ?? "";
  const more = sandbox.google_accounts[email]?.enabled && impersonation(sandbox, identity, email, time).holds ? [[google(email), via]] : [];
  return [[identity, via], ...more];
}

/** A Kubernetes account as the API server names it. */
export const user = (account) => `system:serviceaccount:${account.replace("/", ":")}`;

/** The RBAC binding that lets an account do this, null where there is none. */
export function granted(sandbox, cluster, account, verb, resource, where) {
  const { roles, bindings } = sandbox.clusters[cluster].rbac;
  const found = bindings.find((binding) => {
    if ((binding.kind !== "ClusterRoleBinding" && binding.namespace !== where) || !binding.subjects.some((subject) => means(subject, account, binding))) return false;
    const role = roles.find((each) => each.kind === binding.role.kind && each.name === binding.role.name && (each.kind === "ClusterRole" || each.namespace === binding.namespace));
    return role?.rules.some((rule) => reads(rule, verb, resource));
  });
  return found ? `${found.kind} ${found.name}` : null;
}

function means({ kind, name, namespace }, account, binding) {
  const [where, own] = cut(account);
  if (kind === "ServiceAccount") return (namespace ?? binding.namespace) === where && name === own;
  return kind === "User" ? name === user(account) : ["system:serviceaccounts", `system:serviceaccounts:${where}`, "system:authenticated"].includes(name);
}

function reads({ resourceNames, verbs, apiGroups, resources }, verb, resource) {
  if (resourceNames?.length) return false;
  const names = resource.includes("/") ? [resource, "*", `*/${cut(resource)[1]}`] : [resource, "*"];
  return [verb, "*"].some((each) => verbs.includes(each)) && ["", "*"].some((each) => apiGroups.includes(each)) && names.some((each) => resources.includes(each));
}
