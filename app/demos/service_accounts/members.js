// Who somebody is, and which members of a policy mean them; policies and what they are inherited from.
// @ts-check

import { cut, without } from "./facts.js";

export const CONVENIENCE = { projectOwner: "roles/owner", projectEditor: "roles/editor", projectViewer: "roles/viewer" };
export const PUBLIC = ["allUsers", "allAuthenticatedUsers"];
const CRM = "principalSet://cloudresourcemanager.googleapis.com/projects";

export const policy = (sandbox, resource) => sandbox.policies[resource] ?? { bindings: [] };

/** A resource and all above it. */
export function chain(sandbox, resource) {
  const [kind, name] = cut(resource);
  if (kind === "projects" && sandbox.projects[name]) return [resource, ...sandbox.projects[name].parents];
  const holder = kind === "buckets" ? sandbox.buckets[name] : kind === "serviceAccounts" ? sandbox.google_accounts[name] : null;
  if (!holder) throw new Error(`There is no ${resource} in the sandbox.`);
  return [resource, ...chain(sandbox, `projects/${holder.project}`)];
}

export const google = (email, scopes = null) => (scopes ? { kind: "google", email, scopes } : { kind: "google", email });

export function federated(sandbox, cluster, account) {
  const [namespace, name] = cut(account);
  const { project, location } = sandbox.clusters[cluster];
  return { kind: "federated", project, number: sandbox.projects[project].number, location, cluster, namespace, name };
}

export const member = (identity) => (identity.kind === "google" ? `serviceAccount:${identity.email}` : pool(identity, "principal://")[0]);
export const deniedMember = (identity) => (identity.kind === "google" ? `principal://iam.googleapis.com/projects/-/serviceAccounts/${identity.email}` : member(identity));
export const workloadMember = ({ project, namespace, name }) => `serviceAccount:${project}.svc.id.goog[${namespace}/${name}]`;

/** Whether a member of an allow or a deny policy means this identity. */
export function matches(sandbox, written, identity) {
  if (written === "allUsers" || written === "principalSet://goog/public:all") return true;
  const [kind, value] = cut(written, ":");
  if (CONVENIENCE[kind]) return holds(sandbox, identity, value, CONVENIENCE[kind]);
  const set = "principalSet://goog/group/";
  if (kind === "group" || written.startsWith(set)) return inGroup(sandbox, without(without(written, set), "group:"), identity, []);
  return names(sandbox, identity).includes(written);
}

function names(sandbox, identity) {
  if (identity.kind !== "google") return [workloadMember(identity), pool(identity, "principal://")[0], ...pool(identity, "principalSet://").slice(1)];
  const found = [member(identity), deniedMember(identity), "allAuthenticatedUsers"];
  const home = sandbox.google_accounts[identity.email];
  return home ? [...found, `${CRM}/${sandbox.projects[home.project].number}/type/ServiceAccount`] : found;
}

/** Why a member that was perhaps meant for this identity does not mean it; null if it was not. */
export function resembles(written, identity) {
  if (identity.kind === "google") return resemblesAccount(written, identity.email);
  if (written === "allAuthenticatedUsers") return "allAuthenticatedUsers does not include federated identities.";
  const account = kubernetesAccount(written);
  if (!account) return null;
  const here = [identity.project, identity.namespace, identity.name];
  const wrong = [0, 1, 2].filter((i) => account[i] !== here[i] && !(i === 0 && ["", identity.number].includes(account[0])));
  if (wrong.length !== 1) return null;
  const [i] = wrong;
  return `The ${["project", "namespace", "service account"][i]} is ${account[i]} in the binding, and ${here[i]} where the pod runs.`;
}

/** Project, namespace and name in a member that means one Kubernetes account. */
export function kubernetesAccount(written) {
  const older = /^serviceAccount:([^[\]]+)\.svc\.id\.goog\[([^/\]]*)\/([^/\]]*)\]$/.exec(written);
  const newer = /^principal:\/\/iam\.googleapis\.com\/projects\/(\d+)\/locations\/global\/workloadIdentityPools\/[^/]+\/subject\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(written);
  const found = older ?? newer;
  return found ? found.slice(1, 4) : null;
}

function pool({ number, project, location, cluster, namespace, name }, scheme) {
  const start = `${scheme}iam.googleapis.com/projects/${number}/locations/global/workloadIdentityPools/${project}.svc.id.goog`;
  return [
    `${start}/subject/ns/${namespace}/sa/${name}`,
    `${start}/namespace/${namespace}`,
    `${start}/kubernetes.cluster/https://container.googleapis.com/v1/projects/${project}/locations/${location}/clusters/${cluster}`,
    `${start}/*`,
  ];
}

function holds(sandbox, identity, project, role) {
  const members = policy(sandbox, `projects/${project}`).bindings.filter((binding) => binding.role === role).flatMap((binding) => binding.members);
  return members.some((each) => !CONVENIENCE[cut(each, ":")[0]] && matches(sandbox, each, identity));
}

function inGroup(sandbox, group, identity, seen) {
  const known = names(sandbox, identity);
  return (sandbox.groups[group] ?? []).some((each) => {
    const inner = without(each, "group:");
    return known.includes(each) || (inner !== each && !seen.includes(inner) && inGroup(sandbox, inner, identity, [...seen, group]));
  });
}

function resemblesAccount(written, email) {
  if (cut(written, "?")[0] === `deleted:serviceAccount:${email}`) return `It was granted to an account ${email} that was deleted: one of the same name is another account.`;
  const other = without(written, "serviceAccount:");
  if (other !== email && other.includes("@") && cut(other, "@")[0] === cut(email, "@")[0]) return `${other} is another account than ${email}: their projects differ.`;
  if (written.startsWith("user:") && without(written, "user:") === email) return `A service account is written serviceAccount:${email}, not user:.`;
  return null;
}
