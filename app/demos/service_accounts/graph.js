// The sandbox as a graph in five rows, the same as the server draws.
// @ts-check

import { cut, facts, permissions, without } from "./facts.js";
import { chain, federated, google, matches, member, policy } from "./members.js";
import { short, shortEmail } from "./switches.js";

const [WIDTH, TOP, ROW, CROWDED, STAGGER, ASIDE, LETTER, PAD] = [480, 36, 92, 3, 24, 9, 7.2, 10];
const ROWS = ["pod", "kubernetes", "google", "grant", "bucket"];
const way = (taken) => (taken ? "way" : "");
const edge = (from, to, word, state = "") => ({ from, to, word, state });
const node = (kind, name, label = "", more = "") => ({ id: `${kind} ${name}`, kind, label: label || name, more });

export function graph(sandbox, asked, answer) {
  const granted = grants(sandbox);
  const all = [
    ...Object.keys(sandbox.pods).map((name) => node("pod", name)),
    ...Object.keys(sandbox.kubernetes_accounts).map((name) => node("kubernetes", name)),
    ...Object.keys(sandbox.google_accounts).map((email) => node("google", shortEmail(email) ?? email)),
    ...granted.map(({ id, label, on }) => node("grant", id, label, on)),
    ...Object.keys(sandbox.buckets).map((name) => node("bucket", name)),
  ];
  const nodes = all.map((each) => {
    const mine = all.filter(({ kind }) => kind === each.kind);
    const place = mine.indexOf(each);
    const stagger = mine.length > CROWDED ? (place % 2) * STAGGER : 0;
    const half = (each.label.length * LETTER) / 2 + PAD;
    const at = { x: rounded(Math.min(Math.max(((place + 0.5) * WIDTH) / mine.length, half), WIDTH - half)), y: TOP + ROWS.indexOf(each.kind) * ROW + stagger, room: rounded(WIDTH / mine.length) };
    return { ...each, ...at, chosen: [`pod ${asked.pod}`, `bucket ${asked.bucket}`].includes(each.id) };
  });
  const places = new Map(nodes.map((each) => [each.id, each]));
  const edges = [...toAccounts(sandbox, asked, answer), ...toBuckets(sandbox, asked, answer, granted)];
  return { nodes, edges: edges.map((each) => ({ ...each, state: asked.system === "rbac" ? "" : each.state, d: curve(places.get(each.from), places.get(each.to), each.word ?? "") })) };
}

function grants(sandbox) {
  const found = new Map();
  for (const resource of [...Object.keys(sandbox.buckets).map((name) => `buckets/${name}`), ...Object.keys(sandbox.projects).map((name) => `projects/${name}`)]) {
    for (const { role, members } of policy(sandbox, resource).bindings) {
      if (!permissions(role)?.some((each) => each.startsWith("storage."))) continue;
      for (const who of members) {
        const id = `${resource} ${who}`;
        if (!found.has(id)) found.set(id, { id, resource, member: who, roles: [] });
        found.get(id).roles.push(role);
      }
    }
  }
  return [...found.values()].map((each) => {
    const [[kind, where], [role], more, name] = [cut(each.resource), each.roles, each.roles.length - 1, short(sandbox, each.member)];
    const label = without(role.slice(role.lastIndexOf("/") + 1), "storage.") + (more ? ` +${more}` : "");
    return { ...each, label, on: kind === "projects" ? `project ${where}` : "", word: name ? `grant.${where}.${name}.${without(role, "roles/")}` : null };
  });
}

function toAccounts(sandbox, asked, answer) {
  const edges = [];
  const { key, cluster, service_account } = sandbox.pods[asked.pod];
  const mine = `${cut(asked.pod)[0]}/${service_account}`;
  const machine = sandbox.clusters[cluster].node.service_account;
  const byNode = key === null && answer.identity === `serviceAccount:${machine}`;
  const asks = key === null && !byNode;
  for (const [name, each] of Object.entries(sandbox.pods)) {
    const account = `${cut(name)[0]}/${each.service_account}`;
    if (sandbox.kubernetes_accounts[account]) edges.push(edge(`pod ${name}`, `kubernetes ${account}`, `runs.${name}.${each.service_account}`, way(name === asked.pod && asks)));
    if (each.key) edges.push(edge(`pod ${name}`, `google ${shortEmail(each.key.account)}`, `key.${name}`, way(name === asked.pod)));
  }
  if (byNode) edges.push(edge(`pod ${asked.pod}`, `google ${shortEmail(machine)}`, null, "way"));
  for (const [name, { annotation }] of Object.entries(sandbox.kubernetes_accounts)) {
    const email = shortEmail(annotation ?? "");
    const takes = name === mine && asks;
    if (email && sandbox.google_accounts[facts.short[email]]) edges.push(edge(`kubernetes ${name}`, `google ${email}`, `annotate.${name}.${email}`, way(takes)));
    edges.push(...lets(sandbox, name, takes, email, answer));
  }
  return edges;
}

function lets(sandbox, name, takes, email, { failing }) {
  const edges = [];
  const identity = federated(sandbox, "main", name);
  for (const known of Object.keys(sandbox.google_accounts)) {
    const holder = shortEmail(known);
    const word = `lets.${holder}.${name}`;
    const [from, to] = [`google ${holder}`, `kubernetes ${name}`];
    if (policy(sandbox, `serviceAccounts/${known}`).bindings.some(({ members }) => members.some((each) => matches(sandbox, each, identity)))) edges.push(edge(from, to, word, way(takes && holder === email)));
    else if (takes && holder === email && failing === "impersonation") edges.push(edge(from, to, word, "missing"));
    if (takes && !email && failing === "annotation") {
      edges.push(edge(to, from, `annotate.${name}.${holder}`, "missing"));
      break;
    }
  }
  return edges;
}

function toBuckets(sandbox, asked, answer, granted) {
  const edges = [];
  const everybody = new Map([
    ...Object.entries(sandbox.kubernetes_accounts).map(([name, { cluster }]) => /** @type {[string, any]} */ ([`kubernetes ${name}`, federated(sandbox, cluster, name)])),
    ...Object.keys(sandbox.google_accounts).map((email) => /** @type {[string, any]} */ ([`google ${shortEmail(email) ?? email}`, google(email)])),
  ]);
  const mine = [...everybody].find(([, each]) => member(each) === answer.identity)?.[0] ?? null;
  const above = chain(sandbox, `buckets/${asked.bucket}`);
  for (const each of granted) {
    const open = Object.values(facts.anybody).includes(each.member);
    const counts = above.includes(each.resource) && each.roles.some((role) => permissions(role)?.includes(asked.permission));
    for (const [key, identity] of everybody) {
      if ((key === mine || !open) && matches(sandbox, each.member, identity)) edges.push(edge(key, `grant ${each.id}`, each.word, way(counts && key === mine)));
    }
    const taken = counts && mine !== null && matches(sandbox, each.member, everybody.get(mine));
    for (const [name, { project }] of Object.entries(sandbox.buckets)) {
      if ([`buckets/${name}`, `projects/${project}`].includes(each.resource)) edges.push(edge(`grant ${each.id}`, `bucket ${name}`, null, way(taken && name === asked.bucket)));
    }
  }
  if (mine && answer.failing === "allow") edges.push(edge(mine, `bucket ${asked.bucket}`, null, "missing"));
  return edges;
}

function curve(start, end, word) {
  const down = end.y > start.y ? 1 : -1;
  const aside = word.startsWith("annotate") ? -ASIDE : word.startsWith("lets") ? ASIDE : 0;
  const [x1, y1, x2, y2] = [start.x + aside, start.y + 17 * down, end.x + aside, end.y - 17 * down].map(rounded);
  const middle = rounded((y1 + y2) / 2);
  return `M${x1} ${y1}C${x1} ${middle} ${x2} ${middle} ${x2} ${y2}`;
}

const rounded = (value) => Math.round(value * 10) / 10;
