// The bench's pieces as elements, the same as the server's template draws: graph, answer, switches.
// @ts-check

const MARKS = new Map([[true, "yes"], [false, "no"], [null, "unknown"]]);
const ROWS = ["Pods", "Kubernetes service accounts", "Google service accounts", "Grants", "Buckets"];

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const html = (tag, attributes, ...children) => filled(document.createElement(tag), attributes, children);

/** @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string)} children @returns {any} */
export const svg = (tag, attributes, ...children) => filled(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);

function filled(element, attributes = {}, children) {
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

export function graph({ now, graph: { nodes, edges } }) {
  const box = svg("svg", { viewBox: "0 0 480 440", role: "group", "aria-label": "The sandbox: pods, Kubernetes accounts, Google accounts, grants and buckets", "data-now": now.answer });
  for (const { word, state, d } of edges) box.append(svg("path", { class: `edge ${state} ${(word ?? "").split(".")[0]}`, d, ...(word ? { "data-line": word } : {}) }));
  box.append(...ROWS.map((name, row) => svg("text", { class: "row", x: 4, y: 12 + row * 92 }, name)));
  for (const { id, kind, label, more, x, y, room, chosen } of nodes) {
    const half = label.length * 3.6 + 10;
    const parts = [svg("rect", { x: -half, y: -17, width: 2 * half, height: 34, rx: 6 }), svg("text", { y: more ? -1 : 5 }, label), ...(more ? [svg("text", { class: "on", y: 12 }, more)] : [])];
    box.append(svg("g", { class: `node ${kind}${chosen ? " picked" : ""}`, "data-node": id, "data-room": room, transform: `translate(${x} ${y})` }, ...parts));
  }
  return box;
}

/** The answer: score and checks where there are some, the steps, what a thief has of it. */
export function answer({ now, asked }) {
  const steps = now.steps.map((step) => entry(step, now.failing));
  const one = now.reach.count === 1 ? "" : "s";
  return [
    ...(now.checks ? [html("p", { class: "title" }, "What to check, in this order"), html("ol", { class: "checks" }, ...now.checks.map(check))] : []),
    html("p", { class: "title" }, "Step by step"),
    html("ol", { class: "steps" }, ...steps),
    ...(now.symptom ? [html("p", { class: "symptom" }, "The program prints: ", html("code", {}, now.symptom))] : []),
    html("p", { class: "stolen" }, `Stolen, ${asked.pod} reaches `, html("strong", {}, String(now.reach.count)), ` permission${one}${now.reach.lasting ? ", and something that outlives it" : ""}.`),
  ];
}

/** What the answer lacks, and the button that mends it. */
export function lacking({ now, asked, mends }) {
  const step = now.steps.find(({ id }) => id === now.failing);
  const score = now.golf ? [golf(now.golf)] : [];
  if (!step) return [...score, html("p", {}, `${asked.system === "rbac" ? "RBAC" : "Every step"} says so.`)];
  const mend = mends.length ? [html("button", { type: "button", class: "primary", "data-mend": mends.join() }, "Mend it")] : [];
  return [...score, html("p", { class: "missing" }, step.missing ? `Missing: ${step.missing}` : step.found), ...mend];
}

function entry({ id, sought, holds, found, missing, mends }, failing) {
  const item = html("li", { class: `${MARKS.get(holds)}${id === failing ? " failing" : ""}` }, html("p", { class: "sought" }, sought), html("p", {}, found));
  if (missing) item.append(html("p", { class: "missing" }, "Missing: ", html("code", {}, missing)));
  if (mends.length && id === failing) item.append(html("div", { class: "mends" }, ...mends.map(({ tool, text }) => html("figure", {}, html("figcaption", {}, tool), code(text)))));
  return item;
}

const code = (text) => html("pre", { tabindex: 0 }, html("code", {}, text));
const check = ({ question, command, holds, found }) => html("li", { class: MARKS.get(holds) }, html("p", { class: "sought" }, question), code(command), html("p", {}, found));

function golf({ works, needs, strokes, par }) {
  const list = needs.map(({ pod, permission, bucket, met }) => html("li", { class: MARKS.get(met) }, `${pod}: ${permission} on ${bucket}`));
  const words = ` strokes, par is ${par}. ${works ? "Everybody can work." : "Somebody cannot work."}`;
  return html("div", { class: `golf${works && strokes <= par ? " won" : ""}` }, html("p", { class: "score" }, html("strong", {}, String(strokes)), words), html("ul", { role: "list" }, ...list));
}

export function switches({ offered }) {
  return offered.flatMap(({ title, switches: list }) => [
    html("p", { class: "title" }, title),
    html("ul", { role: "list" }, ...list.map(({ word, on, text }) => html("li", {}, html("a", { role: "switch", "aria-checked": on, "data-word": word, tabindex: 0 }, text)))),
  ]);
}

/** Commands one at a time, with a button for each tool and one to copy. */
export function tabbed(mends) {
  const figures = [...mends.children];
  if (!figures.length || mends.querySelector(".tabs")) return;
  const show = (tool) => {
    for (const figure of figures) figure.hidden = figure.firstElementChild.textContent !== tool;
    for (const button of tabs.querySelectorAll("[aria-pressed]")) button.setAttribute("aria-pressed", String(button.textContent === tool));
  };
  const tools = [...new Set(figures.map((figure) => figure.firstElementChild.textContent))];
  const tabs = html("p", { class: "tabs" }, ...tools.map((tool) => html("button", { type: "button", "aria-pressed": false }, tool)), html("button", { type: "button", "data-copy-mend": "" }, "Copy"));
  tabs.addEventListener("click", ({ target }) => target.matches("[aria-pressed]") && show(target.textContent));
  mends.prepend(tabs);
  show(tools[0]);
}
