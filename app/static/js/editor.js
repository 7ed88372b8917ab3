// The editor: preview while writing, Ctrl-S, and a save that keeps the text whatever comes back.
// Without this file the form saves and previews all the same.

import { watch } from "./preview.js";

const root = document.querySelector("[data-editor]");
const form = root.querySelector("form");
const state = form.querySelector("[data-state]");
const choices = form.querySelector("[data-choices]");
let saved = written();
let saving = false;

watch(form, root.querySelector("[data-preview-pane]"));
form.addEventListener("input", () => { if (!saving) say(dirty() ? "Not saved yet" : ""); });
form.addEventListener("submit", (event) => {
  if (event.submitter && !event.submitter.matches("[data-save]")) return;
  event.preventDefault();
  save();
});
document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
    event.preventDefault();
    save();
  }
});
window.addEventListener("beforeunload", (event) => { if (dirty()) event.preventDefault(); });

async function save() {
  if (saving) return;
  saving = true;
  const sent = written();
  say("Saving…");
  choices.hidden = true;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
    answer(response.status, await response.json(), sent);
  } catch {
    say("Not saved: the server cannot be reached. Your text is still here; try again.", "bad");
  } finally {
    saving = false;
  }
}

function answer(status, body, sent) {
  complain(body.problems ?? {});
  if (status === 200 || status === 201) return done(body, sent);
  say(`Not saved: ${body.error}`, "bad");
  if (status === 401) choose([["Sign in and save", () => leave()]]);
  if (status === 409 && body.version) choose([
    ["Save mine over the other", () => { form.elements.version.value = body.version; save(); }],
    ["See both", () => leave()],
  ]);
  if (status === 409 && !body.version) choose([["Save as a new post", () => leave()]]);
}

function done(body, sent) {
  const unchanged = written() === sent;
  form.elements.version.value = body.version;
  if (!form.elements.slug.value) form.elements.slug.value = body.slug;
  if (new URL(form.action).pathname !== body.url) {
    form.action = body.url;
    history.replaceState(null, "", body.url);
  }
  point("[data-see]", body.public_url);
  point("[data-delete]", `${body.url}/delete`);
  saved = unchanged ? written() : sent;
  const time = new Date(body.saved_at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  say(dirty() ? `Saved ${time}, and changed since` : `Saved ${time}`, "good");
}

// A link that is there once it leads somewhere.
function point(selector, address) {
  const link = document.querySelector(selector);
  link.hidden = !address;
  if (address) link.href = address;
}

// The plain form: its answer is a page that carries the text along.
function leave() {
  saved = written();
  form.submit();
}

function complain(problems) {
  for (const place of form.querySelectorAll("[data-problem]")) {
    const sentence = problems[place.dataset.problem] ?? "";
    place.textContent = sentence;
    for (const field of form.querySelectorAll(`[name="${place.dataset.problem}"]`)) field.ariaInvalid = sentence ? "true" : null;
  }
  const first = Object.keys(problems)[0];
  if (!first) return;
  form.querySelector("details").open = true;
  form.querySelector(`[name="${first}"]`)?.focus();
}

function choose(buttons) {
  choices.replaceChildren(...buttons.map(([label, act]) => {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: label });
    button.addEventListener("click", act);
    return button;
  }));
  choices.hidden = false;
}

function say(words, tone = "") {
  state.textContent = words;
  state.dataset.tone = tone;
}

function written() {
  return JSON.stringify([...new FormData(form)]);
}

function dirty() {
  return written() !== saved;
}
