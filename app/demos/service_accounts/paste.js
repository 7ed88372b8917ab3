// The place where a reader pastes a policy, and what is found in it. It never leaves the browser.
// @ts-check

import { html } from "./draw.js";
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
const ANSWERS = { allowed: "Yes", denied: "No", unknown: "It cannot be told" };
const PERMISSIONS = ["storage.objects.get", "storage.objects.list", "storage.objects.create", "storage.objects.delete", "storage.buckets.setIamPolicy", "iam.serviceAccounts.getAccessToken", "iam.serviceAccounts.actAs", "resourcemanager.projects.setIamPolicy"];

/** @param {HTMLElement} place @param {(words: string) => void} say */
export default function paste(place, say) {
  const text = html("textarea", { rows: 9, spellcheck: false, autocomplete: "off" });
  const kinds = html("select", {}, ...["project", "bucket", "folder", "organization", "serviceAccount"].map((kind) => html("option", { value: kind }, kind === "serviceAccount" ? "service account" : kind)));
  const who = html("select", {});
  const what = html("select", {}, ...PERMISSIONS.map((name) => html("option", {}, name)));
  const example = html("button", { type: "button" }, "Show me one");
  const judged = html("p", { class: "title", role: "status" });
  const found = html("div", {});
  place.className = "paste";
  place.append(
    html("label", { class: "field" }, "The policy", text),
    html("p", { class: "buttons" }, example),
    html("label", { class: "field" }, "It hangs on a", kinds),
    found,
    html("div", { class: "asked", hidden: "" }, html("label", { class: "field" }, "May", who), html("label", { class: "field" }, "do", what), judged),
  );
  const asked = /** @type {HTMLElement} */ (place.querySelector(".asked"));
  let told = readPolicy("x:");

  function answer() {
    if (!who.value) return;
    const { answer: is, by } = judge(told, who.value, what.value);
    judged.textContent = `${ANSWERS[is]}${by.length ? `, by line ${by.join(", ")}` : ""}.`;
  }

  function draw() {
    if (!text.value.trim()) {
      found.replaceChildren();
      asked.hidden = true;
      return;
    }
    told = readPolicy(text.value, kinds.value);
    found.replaceChildren(...drawn(told, (line) => show(text, line)));
    const members = [...new Set(told.grants.map(({ member }) => member))];
    const before = who.value;
    who.replaceChildren(...members.map((name) => html("option", {}, name)));
    if (members.includes(before)) who.value = before;
    asked.hidden = !members.length;
    answer();
    const many = (list, noun) => `${list.length} ${noun}${list.length === 1 ? "" : "s"}`;
    say(`${many(told.grants, "grant")}, ${many(told.problems, "problem")}, ${many(told.risks, "risk")}`);
  }

  text.addEventListener("input", (event) => (event.stopPropagation(), draw()));
  kinds.addEventListener("input", (event) => (event.stopPropagation(), draw()));
  for (const list of [who, what]) list.addEventListener("input", (event) => (event.stopPropagation(), answer()));
  example.addEventListener("click", () => {
    text.value = EXAMPLE;
    draw();
    text.focus();
  });
}

/** Marks a line of the text. */
function show(text, line) {
  const lines = text.value.split("\n");
  const start = lines.slice(0, line - 1).join("\n").length + Number(line > 1);
  text.focus();
  text.setSelectionRange(start, start + (lines[line - 1] ?? "").length);
}

function drawn({ grants, denials, problems, risks }, go) {
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
    ...(rows.length ? titled("Granted", html("div", { class: "table", tabindex: 0, role: "group", "aria-label": "Grants" }, html("table", {}, html("thead", {}, head), html("tbody", {}, ...rows)))) : []),
  ];
}
