// The place where a reader pastes a policy, and what is found in it. It never leaves the browser.
// @ts-check

import { html } from "./draw.js";
import { drawn as graph } from "./granted.js";
import { judge, readPolicy } from "./pasted.js";

const EXAMPLE = `bindings:
- members:
  - serviceAccount:111122223333-compute@developer.gserviceaccount.com
  role: roles/editor
- members:
  - user:photo-reader@shop.iam.gserviceaccount.com
  - serviceAccount:shop.svc.id.goog[web/frontend]
  role: roles/storage.objectVeiwer
- condition:
    expression: request.time < timestamp("2027-01-01T00:00:00Z")
    title: till 2027
  members:
  - allUsers
  role: roles/storage.objectViewer
etag: BwYk3
version: 1
`;
const LEGEND = "From left to right: who has which role on what. Red with “!” is risky, dashed holds only under a condition, dotted is denied. A box leads to its line; the lists say the same in words.";
const ANSWERS = { allowed: "Yes", denied: "No", unknown: "It cannot be told" };
const PERMISSIONS = ["storage.objects.get", "storage.objects.list", "storage.objects.create", "storage.objects.delete", "storage.buckets.setIamPolicy", "iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.actAs", "resourcemanager.projects.setIamPolicy"];

const KINDS = ["project", "bucket", "folder", "organization", "serviceAccount"];
const many = (list, noun) => `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;

class Paste {
  #text = html("textarea", { rows: 9, spellcheck: false, autocomplete: "off" });
  #kinds = html("select", {}, ...KINDS.map((kind) => html("option", { value: kind }, kind === "serviceAccount" ? "service account" : kind)));
  #who = html("select", {});
  #what = html("select", {}, ...PERMISSIONS.map((name) => html("option", {}, name)));
  #judged = html("p", { class: "title", role: "status" });
  #found = html("div", {});
  #asked = html("div", { class: "asked", hidden: "" }, html("label", { class: "field" }, "May", this.#who), html("label", { class: "field" }, "do", this.#what), this.#judged);
  #told = readPolicy("x:");

  constructor(place, say) {
    this.say = say;
    const example = html("button", { type: "button" }, "Show me one");
    place.className = "paste";
    place.append(
      html("label", { class: "field" }, "The policy", this.#text),
      html("p", { class: "buttons" }, example),
      html("label", { class: "field" }, "It hangs on a", this.#kinds),
      this.#found, this.#asked,
    );
    for (const part of [this.#text, this.#kinds]) part.addEventListener("input", (event) => (event.stopPropagation(), this.#draw()));
    for (const list of [this.#who, this.#what]) list.addEventListener("input", (event) => (event.stopPropagation(), this.#answer()));
    example.addEventListener("click", () => {
      this.#text.value = EXAMPLE;
      this.#draw();
      this.#text.focus();
    });
  }

  #draw() {
    const text = this.#text.value;
    this.#asked.hidden = true;
    if (!text.trim()) return this.#found.replaceChildren();
    const told = this.#told = readPolicy(text, this.#kinds.value);
    this.#found.replaceChildren(...drawn(told, (line) => show(this.#text, line)));
    const members = [...new Set(told.grants.map(({ member }) => member))];
    const before = this.#who.value;
    this.#who.replaceChildren(...members.map((name) => html("option", {}, name)));
    if (members.includes(before)) this.#who.value = before;
    this.#asked.hidden = !members.length;
    this.#answer();
    this.say(`${many(told.grants, "grant")}, ${many(told.problems, "problem")}, ${many(told.risks, "risk")}`);
  }

  #answer() {
    if (!this.#who.value) return;
    const { answer: is, by } = judge(this.#told, this.#who.value, this.#what.value);
    this.#judged.textContent = `${ANSWERS[is]}${by.length ? `, by line ${by.join(", ")}` : ""}.`;
  }
}

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default (place, say) => new Paste(place, say);

/** Marks a line of the text. */
function show(text, line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + Number(line > 1);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
}

function drawn(told, go) {
  const { grants, denials, problems, risks } = told;
  const list = (found, kind) => html("ul", { class: "findings", role: "list" }, ...found.map(({ line, text }) => {
    const button = html("button", { type: "button", class: "bare line-number" }, `line ${line}`);
    button.addEventListener("click", () => go(line));
    return html("li", { class: kind }, button, html("span", {}, text));
  }));
  const rows = grants.map(({ line, member, role, on, condition, inherited }) => html("tr", {}, html("td", {}, String(line)), html("td", {}, member), html("td", {}, role), html("td", {}, `${on ?? ""}${inherited ? ", inherited" : ""}${condition ? `, if ${condition}` : ""}`)));
  const head = html("tr", {}, ...["Line", "Who", "Role", "Where, and if"].map((name) => html("th", { scope: "col" }, name)));
  const titled = (title, ...parts) => [html("p", { class: "title" }, title), ...parts];
  return [
    ...(problems.length ? titled("Wrong", list(problems, "problem-found")) : []),
    ...(risks.length ? titled("Risky", list(risks, "risk-found")) : []),
    ...(denials.length ? titled("Denied", list(denials.map(({ line, rule }) => ({ line, text: `${rule.deniedPermissions.join(", ")} to ${rule.deniedPrincipals.join(", ")}` })), "denied-found")) : []),
    ...(rows.length || denials.length ? titled("The whole of it", html("div", { class: "granting", tabindex: 0, role: "group", "aria-label": "The graph, which can be scrolled" }, graph(told, go)), html("p", { class: "help" }, LEGEND)) : []),
    ...(rows.length ? titled("Granted", html("div", { class: "table", tabindex: 0, role: "group", "aria-label": "Grants" }, html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows)))) : []),
  ];
}
