// Which identity a pod's program gets, and why: a key file, the node's account, or workload identity's two ways.
// @ts-check

import { decide } from "./access.js";
import { cut } from "./facts.js";
import { deniedMember, federated, google, matches, member, policy, workloadMember } from "./members.js";

const OWN = "Does GKE’s metadata server speak for the pod’s own account?";

/** A mend by the name of its maker in mends.js, which is loaded where something is to be mended. */
export const mend = (how, ...given) => [{ how, given }];
export const step = (id, sought, holds, found, missing = null, mends = []) => ({ id, sought, holds, found, missing, mends });
export const accountOf = (name, pod) => `${cut(name)[0]}/${pod.service_account}`;

export function podNamed(sandbox, name) {
  if (!sandbox.pods[name]) throw new Error(`There is no pod ${name} in the sandbox.`);
  return sandbox.pods[name];
}

/** The identity of the token that the pod's program gets, or null, and the steps to it. */
export function credentials(sandbox, name, time = null) {
  const pod = podNamed(sandbox, name);
  const first = exists(sandbox, name, pod);
  if (!first.holds) return [null, [first]];
  const [identity, steps] = pod.key ? byKey(sandbox, name, pod.key) : fromMetadata(sandbox, name, time);
  return [identity, [first, ...steps]];
}

/** What the metadata server gives to this pod, whether or not its program asks there. */
export function fromMetadata(sandbox, name, time = null) {
  const pod = podNamed(sandbox, name);
  const cluster = sandbox.clusters[pod.cluster];
  const sought = "Can the pod reach the metadata server?";
  if (!pod.reaches_metadata) return [null, [step("metadata", sought, false, "A network policy denies it: the program finds no credentials.", "egress to the metadata server", mend("reachMetadata", cut(name)[0]))]];
  const steps = [step("metadata", sought, true, "Nothing stands in between.")];
  const { annotation } = sandbox.kubernetes_accounts[accountOf(name, pod)];
  const off = offFor(sandbox, name, pod, cluster);
  if (!off) {
    const [identity, more] = byFederation(sandbox, name, pod, annotation, time);
    return [identity, [...steps, ...more]];
  }
  const wanted = annotation !== null || cluster.workload_identity;
  const { service_account: email, scopes } = cluster.node;
  const missing = wanted ? "Workload Identity Federation for GKE, on the cluster and its nodes" : null;
  steps.push(step("workload-identity", wanted ? OWN : "Whose token does the metadata server give to the pod?", !wanted, `${off[0]} The pod gets ${email}.`, missing, off[1]));
  const there = googleAccount(sandbox, email);
  return [there.holds ? google(email, scopes) : null, [...steps, there]];
}

/** May this federated identity make access tokens of that Google account? */
export function impersonation(sandbox, identity, email, time = null) {
  const asked = decide(sandbox, identity, "iam.serviceAccounts.getAccessToken", `serviceAccounts/${email}`, null, time);
  const holds = { allowed: true, denied: false, unknown: null }[asked.answer];
  const sought = `May the Kubernetes account act as ${email}?`;
  if (holds) return step("impersonation", sought, true, `${asked.allow[0].member} has ${asked.allow[0].role} on ${asked.allow[0].resource}.`);
  if (asked.deny.length) {
    const principal = deniedMember(identity);
    return step("impersonation", sought, holds, reason(asked), `an exception for ${principal}`, mend("exceptFromDeny", asked.deny[0].resource, principal));
  }
  return step("impersonation", sought, holds, reason(asked), holds === null ? null : `${workloadMember(identity)} with roles/iam.workloadIdentityUser`, mend("impersonate", email, identity));
}

function exists(sandbox, name, pod) {
  const account = accountOf(name, pod);
  const sought = `Does the Kubernetes service account ${account} exist?`;
  if (sandbox.kubernetes_accounts[account]?.cluster === pod.cluster) return step("account", sought, true, `The pod runs as ${account}.`);
  return step("account", sought, false, `${pod.cluster} has no ${account}: the pod does not start.`, account, mend("createKubernetesAccount", ...cut(account)));
}

function byKey(sandbox, name, { account, id }) {
  const sought = `Is the mounted key ${id} of ${account} valid?`;
  if (!sandbox.google_accounts[account]?.keys.includes(id)) return [null, [step("key", sought, false, "It was deleted: every request ends with invalid_grant.", `key ${id}`, mend("dropKey", name))]];
  const there = googleAccount(sandbox, account);
  return [there.holds ? google(account) : null, [step("key", sought, true, "The key file comes first: nothing else is asked."), there]];
}

function offFor(sandbox, name, pod, cluster) {
  if (!cluster.workload_identity) return ["The cluster has no workload pool.", mend("workloadIdentity", sandbox, pod.cluster)];
  if (!cluster.node.gke_metadata) return ["The node pool runs with GCE_METADATA.", mend("nodeMetadata", sandbox, pod.cluster)];
  if (pod.host_network) return ["The pod is on its host’s network, past GKE’s metadata server.", mend("ownNetwork", name)];
  return null;
}

function byFederation(sandbox, name, pod, annotation, time) {
  const account = accountOf(name, pod);
  const identity = federated(sandbox, pod.cluster, account);
  const steps = [step("workload-identity", OWN, true, "The cluster has a workload pool, the nodes run GKE’s metadata server.")];
  if (annotation === null) return [identity, [...steps, unannotated(sandbox, identity, account)]];
  steps.push(step("annotation", `Does ${account} name a Google account?`, true, `Its annotation is ${annotation}.`), googleAccount(sandbox, annotation));
  if (!steps[2].holds) return [null, steps];
  const last = impersonation(sandbox, identity, annotation, time);
  return [last.holds === false ? null : google(annotation), [...steps, last]];
}

function unannotated(sandbox, identity, account) {
  const sought = `Does ${account} name a Google account?`;
  const waiting = Object.keys(sandbox.google_accounts).find((email) => policy(sandbox, `serviceAccounts/${email}`).bindings.some(({ role, members }) => role === "roles/iam.workloadIdentityUser" && members.some((each) => matches(sandbox, each, identity))));
  if (!waiting) return step("annotation", sought, true, `It does not, so it comes as itself: ${member(identity)}.`);
  return step("annotation", sought, false, `It does not, though ${waiting} lets it in. It comes as itself: ${member(identity)}.`, `iam.gke.io/gcp-service-account: ${waiting}`, mend("annotate", ...cut(account), waiting));
}

function googleAccount(sandbox, email) {
  const sought = `Is there a Google service account ${email}, and is it enabled?`;
  const account = sandbox.google_accounts[email];
  if (!account) return step("google-account", sought, false, "There is none.", email, mend("createGoogleAccount", email));
  if (!account.enabled) return step("google-account", sought, false, "It is disabled.", "the account enabled", mend("enable", email));
  return step("google-account", sought, true, "It is there, and enabled.");
}

function reason(asked) {
  if (asked.answer === "unknown") return "A condition decides, and cannot be told here.";
  if (asked.deny.length) return `A deny policy on ${asked.deny[0].resource} forbids it.`;
  return asked.near.join(" ") || "No binding on the account, nor above it, lets this one in.";
}
