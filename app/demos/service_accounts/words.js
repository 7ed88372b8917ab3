// A sandbox as a line of text: the words in which it differs from the one it starts from.
// @ts-check

import { copy, cut, facts, without } from "./facts.js";
import { federated, policy, workloadMember } from "./members.js";

const LETS = "roles/iam.workloadIdentityUser";
const email = (name) => facts.short[name] ?? "";
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

/** A copy with changes: set, drop, bind, unbind, deny. */
export function changed(sandbox, changes) {
  const after = copy(sandbox);
  const on = (resource) => after.policies[resource] ??= { bindings: [] };
  for (const change of changes) {
    const path = change.set ?? change.drop;
    if (path) {
      let place = after;
      for (const part of path.slice(0, -1)) {
        if (typeof place !== "object" || place === null || !Object.hasOwn(place, part)) throw new Error(`There is no ${part} at ${path.join("/")}.`);
        place = place[part];
      }
      if (change.set) place[path[path.length - 1]] = copy(change.to);
      else delete place[path[path.length - 1]];
    } else if (change.bind) {
      on(change.bind).bindings.push({ role: change.role, members: [change.member], ...(change.condition ? { condition: { expression: change.condition } } : {}) });
    } else if (change.unbind) {
      const holder = on(change.unbind);
      for (const binding of holder.bindings) {
        if ((change.role ?? binding.role) === binding.role) binding.members = binding.members.filter((each) => change.member !== undefined && each !== change.member);
      }
      holder.bindings = holder.bindings.filter(({ members }) => members.length);
    } else if (change.deny) (on(change.deny).deny ??= []).push(copy(change.rule));
    else throw new Error("A change sets, drops, binds, unbinds or denies.");
  }
  return after;
}

export const started = (start) => changed(facts.sandboxes[start === "golf" ? "course" : "shop"], facts.starts[start]);
export const inLine = (line) => (line ?? "").split(",").map((part) => part.trim()).filter(Boolean);

/** The sandbox with all words of a line. Throws a sentence for a word that means nothing in it. */
export function read(sandbox, line) {
  return inLine(line).reduce((now, word) => turned(now, without(word, "-"), !word.startsWith("-")), sandbox);
}

export const turned = (sandbox, word, on) => changed(sandbox, changes(sandbox, word, on));

export function changes(sandbox, word, on) {
  const [kind, names] = parsed(sandbox, word);
  return kind.holds(sandbox, ...names) === on ? [] : kind.turn(sandbox, on, ...names);
}

export function holds(sandbox, word) {
  const [kind, names] = parsed(sandbox, word);
  return kind.holds(sandbox, ...names);
}

/** The line with a word said anew; words that only say what is so already are left out. */
export function said(start, line, word, on) {
  const rest = inLine(line).filter((part) => without(part, "-") !== word);
  return holds(read(started(start), rest.join()), word) === on ? rest.join() : [...rest, on ? word : `-${word}`].join();
}

export function split(word) {
  const [kind, ...parts] = word.split(".");
  return [kind, ...parts.slice(0, 2), ...(parts.length > 2 ? [parts.slice(2).join(".")] : [])];
}

function parsed(sandbox, word) {
  const [name, ...names] = split(word);
  const kind = Object.hasOwn(WORDS, name) ? WORDS[name] : null;
  if (names.length !== kind?.names.length) throw new Error(`“${word.slice(0, 60)}” is no word for a sandbox.`);
  kind.names.forEach((what, i) => {
    if (!KNOWN[what](sandbox, names[i])) throw new Error(`“${word.slice(0, 60)}”: there is no ${what} ${names[i].slice(0, 40)} in this sandbox.`);
  });
  return [kind, names];
}

/** A member of a policy by its short name. */
export function member(sandbox, name) {
  if (facts.anybody[name]) return facts.anybody[name];
  if (facts.short[name]) return `serviceAccount:${facts.short[name]}`;
  const [namespace, own] = cut(name);
  return `principal://${facts.anybody.cluster.slice("principalSet://".length, -2)}/subject/ns/${namespace}/sa/${own}`;
}

export const place = (sandbox, name) => (sandbox.buckets[name] ? `buckets/${name}` : `projects/${name}`);

/** A value at a path, in which * is the word's own name. */
function flag(path, names = [], values = () => [false, true]) {
  const whole = (name) => path.map((part) => (part === "*" ? facts.short[name] ?? name : part));
  return {
    names,
    holds: (sandbox, name) => same(whole(name).reduce((at, part) => at[part], sandbox), values()[1]),
    turn: (_, on, name) => [{ set: whole(name), to: values()[Number(on)] }],
  };
}

function binding(names, of) {
  return {
    names,
    holds(sandbox, ...given) {
      const [resource, role, who] = of(sandbox, ...given);
      return policy(sandbox, resource).bindings.some((each) => each.role === role && each.members.includes(who));
    },
    turn(sandbox, on, ...given) {
      const [resource, role, who] = of(sandbox, ...given);
      return [{ [on ? "bind" : "unbind"]: resource, role, member: who }];
    },
  };
}

function rule(name) {
  const who = name === "everybody" ? "principalSet://goog/public:all" : `principal://iam.googleapis.com/projects/-/serviceAccounts/${email(name)}`;
  return { deniedPrincipals: [who], deniedPermissions: ["storage.googleapis.com/objects.*"] };
}

const denials = (sandbox) => policy(sandbox, "projects/shop").deny ?? [];
const ruled = (account, what) => `${account.replace("/", "-")}-${what}`;

function ruling(sandbox, on, account, what) {
  const [[namespace, own], [verb, resource], name] = [cut(account), facts.allowed[what], ruled(account, what)];
  const { roles, bindings } = sandbox.clusters.main.rbac;
  const made = { kind: "Role", name, namespace };
  const kept = (list, more) => [...list.filter((each) => each.name !== name), ...(on ? [more] : [])];
  return [{ set: ["clusters", "main", "rbac"], to: {
    roles: kept(roles, { ...made, rules: [{ apiGroups: [""], resources: [resource], verbs: [verb] }] }),
    bindings: kept(bindings, { ...made, kind: "RoleBinding", role: { kind: "Role", name }, subjects: [{ kind: "ServiceAccount", name: own, namespace }] }),
  } }];
}

/** @type {Record<string, {names: string[], holds: (...given: any[]) => boolean, turn: (...given: any[]) => any[]}>} */
const WORDS = {
  pool: flag(["clusters", "main", "workload_identity"]),
  server: flag(["clusters", "main", "node", "gke_metadata"]),
  scopes: flag(["clusters", "main", "node", "scopes"], [], () => [facts.default_scopes, facts.everything]),
  reaches: flag(["pods", "*", "reaches_metadata"], ["pod"]),
  host: flag(["pods", "*", "host_network"], ["pod"]),
  mount: flag(["pods", "*", "automount"], ["pod"]),
  key: flag(["pods", "*", "key"], ["pod"], () => [null, { account: email("photo-reader"), id: "a1" }]),
  runs: {
    names: ["pod", "name"],
    holds: (sandbox, pod, name) => sandbox.pods[pod].service_account === name,
    turn: (_, on, pod, name) => [{ set: ["pods", pod, "service_account"], to: on ? name : "default" }],
  },
  annotate: {
    names: ["Kubernetes account", "Google account"],
    holds: (sandbox, account, name) => sandbox.kubernetes_accounts[account].annotation === email(name),
    turn: (_, on, account, name) => [{ set: ["kubernetes_accounts", account, "annotation"], to: on ? email(name) : null }],
  },
  lets: binding(["Google account", "Kubernetes account"], (sandbox, name, account) => [`serviceAccounts/${email(name)}`, LETS, workloadMember(federated(sandbox, "main", account))]),
  enabled: flag(["google_accounts", "*", "enabled"], ["Google account"]),
  valid: flag(["google_accounts", "*", "keys"], ["Google account"], () => [[], ["a1"]]),
  grant: binding(["resource", "member", "role"], (sandbox, where, who, role) => [place(sandbox, where), `roles/${role}`, member(sandbox, who)]),
  until: {
    names: ["bucket"],
    holds(sandbox, bucket) {
      const { bindings } = policy(sandbox, `buckets/${bucket}`);
      return bindings.length > 0 && bindings.every(({ condition }) => condition !== undefined);
    },
    turn: (sandbox, on, bucket) => [{ set: ["policies", `buckets/${bucket}`], to: {
      bindings: policy(sandbox, `buckets/${bucket}`).bindings.map(({ role, members }) => ({ role, members, ...(on ? { condition: { expression: facts.until } } : {}) })),
    } }],
  },
  prevent: flag(["buckets", "*", "public_access_prevention"], ["bucket"]),
  deny: {
    names: ["denied member"],
    holds: (sandbox, name) => denials(sandbox).some((each) => same(each, rule(name))),
    turn: (sandbox, on, name) => [on ? { deny: "projects/shop", rule: rule(name) } : { set: ["policies", "projects/shop", "deny"], to: denials(sandbox).filter((each) => !same(each, rule(name))) }],
  },
  rbac: {
    names: ["Kubernetes account", "request"],
    holds: (sandbox, account, what) => sandbox.clusters.main.rbac.bindings.some(({ name }) => name === ruled(account, what)),
    turn: ruling,
  },
};
const has = (of, name) => Object.hasOwn(of, name);
const isGoogle = (sandbox, name) => has(facts.short, name) && has(sandbox.google_accounts, facts.short[name]);
const KNOWN = {
  pod: (sandbox, name) => has(sandbox.pods, name),
  name: (_, name) => /^[a-zA-Z0-9-]*[a-zA-Z0-9][a-zA-Z0-9-]*$/.test(name),
  "Kubernetes account": (sandbox, name) => has(sandbox.kubernetes_accounts, name),
  "Google account": isGoogle,
  bucket: (sandbox, name) => has(sandbox.buckets, name),
  resource: (sandbox, name) => has(sandbox.buckets, name) || has(sandbox.projects, name),
  member: (sandbox, name) => has(facts.anybody, name) || has(sandbox.kubernetes_accounts, name) || isGoogle(sandbox, name),
  "denied member": (sandbox, name) => name === "everybody" || isGoogle(sandbox, name),
  role: (_, name) => has(facts.roles, `roles/${name}`),
  request: (_, name) => has(facts.allowed, name),
};
