// The lines of a sandbox as switches, in words; and those that mend a no.
// @ts-check

import { cut, facts, permissions, unique, without } from "./facts.js";
import { policy } from "./members.js";
import { holds, member, split } from "./words.js";

const OBJECTS = "storage.objectViewer";

/** A word as a sentence. */
export function told(word) {
  const [kind, ...names] = split(word);
  if (kind === "grant") names[2] = without(names[2], "storage.");
  if (kind === "rbac") names[1] = facts.requests[names[1]];
  return facts.texts[kind].replace(/\{(\d)\}/g, (_, place) => names[place]);
}

const accountOf = (sandbox, pod) => `${cut(pod)[0]}/${sandbox.pods[pod].service_account}`;

export function offered(sandbox, pod, bucket, system) {
  const account = accountOf(sandbox, pod);
  const groups = system === "rbac" ? [["The pod", [`mount.${pod}`]], ["Role bindings", Object.keys(facts.allowed).map((request) => `rbac.${account}.${request}`)]] : iam(sandbox, pod, account, bucket);
  return groups.map(([title, words]) => ({ title, switches: known(sandbox, words) })).filter(({ switches }) => switches.length);
}

function iam(sandbox, pod, account, bucket) {
  const there = [...grants(sandbox, `buckets/${bucket}`), ...grants(sandbox, `projects/${sandbox.buckets[bucket].project}`)];
  const usual = ["photo-reader", "node", account, "everybody"].map((who) => `grant.${bucket}.${who}.${OBJECTS}`);
  const same = Object.keys(sandbox.kubernetes_accounts).filter((name) => cut(name)[0] === cut(account)[0]);
  return [
    ["The pod", [`key.${pod}`, `reaches.${pod}`, `host.${pod}`]],
    ["Its account", same.length > 1 ? same.map((name) => `runs.${pod}.${cut(name)[1]}`) : []],
    ["The way to a Google account", [`annotate.${account}.photo-reader`, `lets.photo-reader.${account}`, "enabled.photo-reader", "valid.photo-reader"]],
    [`Who may on ${bucket}`, unique([...there, ...usual])],
    ["What stands above", [`until.${bucket}`, `prevent.${bucket}`, "deny.photo-reader", "deny.everybody"]],
    ["The cluster", ["pool", "server", "scopes"]],
  ];
}

/** The words that mend the step which fails. */
export function mending({ failing, identity }, sandbox, { pod, bucket, permission, request }) {
  const account = accountOf(sandbox, pod);
  const named = shortEmail(sandbox.kubernetes_accounts[account]?.annotation ?? "");
  const who = short(sandbox, identity ?? "") ?? account;
  const words = {
    account: [`runs.${pod}.default`],
    key: ["valid.photo-reader"],
    metadata: [`reaches.${pod}`],
    "workload-identity": ["pool", "server", `-host.${pod}`],
    annotation: [`annotate.${account}.photo-reader`],
    "google-account": [`enabled.${named ?? "photo-reader"}`],
    impersonation: ["-deny.everybody", `lets.${named}.${account}`],
    scope: ["scopes"],
    deny: [`-deny.${who}`, "-deny.everybody"],
    allow: [`grant.${bucket}.${who}.${without(facts.advised[permission], "roles/")}`],
    condition: [`-until.${bucket}`],
    token: [`mount.${pod}`],
    rbac: [`rbac.${account}.${request}`],
  }[failing] ?? [];
  return words.filter((word) => holding(sandbox, without(word, "-")) === word.startsWith("-"));
}

/** A member's short name; null where it has none. */
export function short(sandbox, written) {
  return [...Object.keys(facts.anybody), ...Object.keys(facts.short), ...Object.keys(sandbox.kubernetes_accounts)].find((name) => member(sandbox, name) === written) ?? null;
}

export const shortEmail = (email) => Object.keys(facts.short).find((name) => facts.short[name] === email) ?? null;

function grants(sandbox, resource) {
  const name = cut(resource)[1];
  return unique(policy(sandbox, resource).bindings.filter(({ role }) => permissions(role)?.some((each) => each.startsWith("storage."))).flatMap(({ role, members }) => members.filter((each) => short(sandbox, each)).map((each) => `grant.${name}.${short(sandbox, each)}.${without(role, "roles/")}`)));
}

const known = (sandbox, words) => words.map((word) => ({ word, on: holding(sandbox, word) })).filter(({ on }) => on !== null).map(({ word, on }) => ({ word, on, text: told(word) }));

/** Whether a word holds; null for one that means nothing here. */
export function holding(sandbox, word) {
  try {
    return holds(sandbox, word);
  } catch {
    return null;
  }
}
