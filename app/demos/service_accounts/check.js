// What is wrong with a policy as it is written, and what is risky in what it grants.
// @ts-check

import { cut, facts } from "./facts.js";
import { CONVENIENCE, kubernetesAccount, PUBLIC } from "./members.js";
import { below } from "./scalar.js";

const ALLOW_KEYS = ["bindings", "etag", "version", "auditConfigs"];
const DENY_KEYS = ["rules", "name", "uid", "kind", "displayName", "annotations", "etag", "createTime", "updateTime", "policyId"];
const KINDS = ["user", "serviceAccount", "group", "domain", "deleted", ...Object.keys(CONVENIENCE)];
const BASIC = ["roles/owner", "roles/editor", "roles/viewer"];
const BROAD = ["roles/owner", "roles/editor", "roles/storage.admin", "roles/iam.securityAdmin"];
const RULES = {
  policy: [["resourcemanager.projects.setIamPolicy", "storage.buckets.setIamPolicy", "iam.serviceAccounts.setIamPolicy"], "may change policies, and so grant itself whatever is missing"],
  keys: [["iam.serviceAccountKeys.create"], "may make keys, which last until somebody deletes them"],
  impersonation: [["iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.signJwt", "iam.serviceAccounts.signBlob"], "may act as the service accounts under this policy"],
  actAs: [["iam.serviceAccounts.actAs"], "may run machines and services as the service accounts under this policy"],
};
const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const meant = (word, known) => {
  const close = closest(word, known);
  return close ? `: did you mean ${close}?` : ".";
};

/** Goes through one document; `at` is the path of the policy inside it. */
export class Checker {
  problems = /** @type {{line: number, text: string}[]} */ ([]);

  constructor(lines) {
    this.lines = lines;
  }

  say(path, text) {
    let at = path;
    while (!this.lines.has(at)) at = at.includes("/") ? at.slice(0, at.lastIndexOf("/")) : "";
    this.problems.push({ line: this.lines.get(at), text });
  }

  allow(policy, at, kind) {
    this.#keys(policy, at, ALLOW_KEYS);
    const { bindings } = policy;
    if (!Array.isArray(bindings)) return this.say(below(at, "bindings"), "bindings is a list: each begins with a dash, or stands in [ ].");
    if (!("etag" in policy)) this.say(at, "There is no etag: setting this policy overwrites what others changed meanwhile.");
    bindings.forEach((binding, i) => this.#binding(binding, below(below(at, "bindings"), i), kind));
    if (bindings.some((each) => isObject(each) && filled(each.condition)) && policy.version !== 3) this.say(below(at, "version"), "A policy with conditions says version: 3, or they are lost.");
  }

  deny(policy, at) {
    this.#keys(policy, at, DENY_KEYS);
    const { rules } = policy;
    if (!Array.isArray(rules)) return this.say(below(at, "rules"), "rules is a list: each begins with a dash, or stands in [ ].");
    rules.forEach((each, i) => {
      const place = below(below(at, "rules"), i);
      const rule = isObject(each) ? each.denyRule : null;
      if (!isObject(rule)) return this.say(place, "A rule holds a denyRule.");
      const where = below(place, "denyRule");
      for (const name of ["deniedPrincipals", "exceptionPrincipals"]) {
        this.#texts(rule, name, where, name === "deniedPrincipals").forEach((member, j) => /^principal(Set)?:\/\//.test(member) || this.say(below(below(where, name), j), asPrincipal(member)));
      }
      for (const name of ["deniedPermissions", "exceptionPermissions"]) {
        this.#texts(rule, name, where, name === "deniedPermissions").forEach((permission, j) => permission.includes("/") || this.say(below(below(where, name), j), asDenied(permission)));
      }
    });
  }

  #keys(policy, at, known) {
    for (const key of Object.keys(policy)) if (!known.includes(key)) this.say(below(at, key), `A policy has no ${key}${meant(key, known)}`);
  }

  #texts(holder, name, at, needed) {
    if (!(name in holder)) {
      if (needed) this.say(at, `${name} is missing.`);
      return [];
    }
    const found = holder[name];
    if (!Array.isArray(found) || (needed && !found.length)) {
      this.say(below(at, name), `${name} is a list with at least one in it.`);
      return [];
    }
    found.forEach((each, i) => typeof each === "string" || this.say(below(below(at, name), i), "A text stands here, without a blank after its colon."));
    return found.map((each) => (typeof each === "string" ? each : ""));
  }

  #binding(binding, at, kind) {
    if (!isObject(binding)) return this.say(at, "A binding is a role with its members.");
    this.#keys(binding, at, ["role", "members", "condition"]);
    const { role } = binding;
    if (typeof role === "string") this.#role(role, below(at, "role"), kind);
    else this.say(below(at, "role"), "This binding has no role.");
    const members = this.#texts(binding, "members", at, true);
    members.forEach((member, i) => {
      const wrong = member && wrongMember(member);
      if (wrong) this.say(below(below(at, "members"), i), wrong);
    });
    if ((binding.condition ?? null) !== null) this.#condition(binding.condition, below(at, "condition"), role, members);
  }

  #role(role, at, kind) {
    if (!/^(roles|projects|organizations)\//.test(role)) return this.say(at, `A role begins with roles/, projects/ or organizations/: roles/${role}?`);
    const close = !Object.hasOwn(facts.roles, role) && role.startsWith("roles/") ? closest(role, Object.keys(facts.roles)) : null;
    if (close) this.say(at, `${role} is not known here: did you mean ${close}?`);
    if (role.startsWith("roles/storage.legacy") && kind !== null && kind !== "bucket") this.say(at, `${role} can be granted on a bucket only, not on a ${kind}.`);
  }

  #condition(condition, at, role, members) {
    if (!isObject(condition) || typeof condition.expression !== "string") return this.say(at, "A condition has an expression.");
    if (BASIC.includes(role)) this.say(at, "A basic role cannot have a condition.");
    const open = members.find((each) => PUBLIC.includes(each));
    if (open) this.say(at, `A binding of ${open} cannot have a condition.`);
  }
}

/** Whether Python takes a value for something: an empty list or text is nothing. */
const filled = (value) => (isObject(value) ? Object.keys(value).length > 0 : Array.isArray(value) ? value.length > 0 : Boolean(value));

/** What is wrong with how a member is written; null if nothing is. */
export function wrongMember(member) {
  if (PUBLIC.includes(member)) return null;
  if (/^principal(Set)?:\/\//.test(member)) {
    const project = /^principal(?:Set)?:\/\/iam\.googleapis\.com\/projects\/([^/]+)\/locations\//.exec(member);
    return project && !/^\d+$/.test(project[1]) ? `A principal has the project’s number, not its id: ${project[1]} stands here.` : null;
  }
  const [kind, value] = cut(member, ":");
  if (!member.includes(":")) return `${member} has no kind: write ${member.endsWith("gserviceaccount.com") ? "serviceAccount" : "user"}:${member}.`;
  if (!KINDS.includes(kind)) return `There is no kind of member ${kind}${meant(kind, KINDS)}`;
  if (kind === "user" && value.endsWith("gserviceaccount.com")) return `A service account is written serviceAccount:${value}.`;
  if (kind === "serviceAccount" && value.includes(".svc.id.goog") && !kubernetesAccount(member)) return "A Kubernetes account is written serviceAccount:PROJECT.svc.id.goog[NAMESPACE/NAME].";
  if (kind !== "domain" && !(kind in CONVENIENCE) && !value.includes("@") && !value.includes(".svc.id.goog")) return `${kind}: is followed by an address with an @.`;
  return null;
}

function asPrincipal(member) {
  const [kind, value] = cut(member, ":");
  const written = { serviceAccount: `principal://iam.googleapis.com/projects/-/serviceAccounts/${value}`, user: `principal://goog/subject/${value}`, group: `principalSet://goog/group/${value}`, allUsers: "principalSet://goog/public:all" }[kind];
  return written ? `A deny policy writes ${written}.` : "A deny policy names principal://… or principalSet://….";
}

function asDenied(permission) {
  const [service, rest] = cut(permission, ".");
  return rest ? `A deny policy writes ${service}.googleapis.com/${rest}.` : `${permission} is no permission.`;
}

/** The known word at the smallest edit distance, if that is at most 2; the first of equals. */
function closest(word, known) {
  let best = /** @type {[number, string | null]} */ ([3, null]);
  for (const each of [...known].sort()) {
    const far = distance(word, each);
    if (far < best[0]) best = [far, each];
  }
  return best[1];
}

function distance(a, b) {
  const row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    let before = row[0];
    row[0] = i;
    for (let j = 1; j <= b.length; j += 1) {
      const next = Math.min(row[j] + 1, row[j - 1] + 1, before + Number(a[i - 1] !== b[j - 1]));
      before = row[j];
      row[j] = next;
    }
  }
  return row[b.length];
}

/** The rules that one grant hits. */
export function risks(grant) {
  const only = grant.condition ? " (if its condition holds)" : "";
  return [...whose(grant), ...what(grant)].map(([rule, text]) => ({ rule, text: `${text}${only}.`, line: grant.line, role: grant.role, member: grant.member }));
}

function whose({ member, role }) {
  if (PUBLIC.includes(member)) return [["public", `${member === "allUsers" ? "Everybody on the internet" : "Everybody with a Google account"} has ${role}`]];
  if (member.startsWith("deleted:")) return [["deleted", `${cut(member, "?")[0]} is deleted: the grant waits for nobody, take it away`]];
  if (member.startsWith("principalSet://") && member.endsWith(".svc.id.goog/*")) return [["pool", `Every pod of every cluster of the project has ${role}`]];
  if (member.startsWith("user:") && member.endsWith("@gmail.com")) return [["outside", `${member} is a private account, which nobody at work can close`]];
  return [];
}

function what({ role, member, kind }) {
  const found = [];
  const usual = member.startsWith("serviceAccount:") && /(-compute@developer\.gserviceaccount\.com|@appspot\.gserviceaccount\.com)$/.test(member);
  if (BROAD.includes(role) && kind !== "bucket") found.push(["broad", `${role} is broad, and goes to ${usual ? "a default account, which everything runs as that names none" : member}`]);
  const meantSo = role === "roles/iam.workloadIdentityUser" && !["project", "folder", "organization"].includes(kind) && /^(serviceAccount|principal)/.test(member);
  for (const [rule, [permissions, may]] of Object.entries(RULES)) {
    if (permissions.some((each) => facts.roles[role]?.includes(each)) && !(rule === "impersonation" && meantSo)) found.push([rule, `${member} with ${role} ${may}`]);
  }
  return found;
}
