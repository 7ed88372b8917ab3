// The editor: its parts, and which of them a key or a button belongs to. Without this file the form saves and previews
// all the same.
// @ts-check

import { choose } from "./editor/choice.js";
import { linkInPlace, nameButtons, pickPicture, suggestTags } from "./editor/drawer.js";
import { watch } from "./editor/elsewhere.js";
import { Field } from "./editor/field.js";
import { clock, fill, same, written } from "./editor/form.js";
import { Keeper } from "./editor/keeping.js";
import { listen } from "./editor/keys.js";
import { drop, found, Local, sweep } from "./editor/local.js";
import { around, insertBlock, link, linksTo } from "./editor/marks.js";
import { pick } from "./editor/picker.js";
import { Pictures } from "./editor/pictures.js";
import { Preview } from "./editor/preview.js";
import { Saving } from "./editor/saving.js";
import { meet } from "./editor/tabs.js";
import { parsed } from "./markup.js";

const root = /** @type {HTMLElement} */ (document.querySelector("[data-editor]"));
const form = /** @type {HTMLFormElement} */ (root.querySelector("form#post"));
const drawer = /** @type {HTMLDetailsElement} */ (root.querySelector("[data-drawer]"));
const dialog = (name) => /** @type {HTMLDialogElement} */ (root.querySelector(`dialog[data-${name}]`));
const page = `new-${crypto.randomUUID()}`;
const shown = written(form);
let stood = "";

const field = new Field(root, form.elements.source);
const local = new Local(root.dataset.post || page);
const keeper = new Keeper(form, local, {
  kept: (at) => {
    saving.say(`Kept ${clock(at)}`, "good");
    if (!root.dataset.post) history.replaceState(null, "", `${location.pathname}?copy=${form.elements.copy.value}`);
  },
  conflict: (body) => saving.conflict(body, () => keeper.keep()),
  signedOut: () => saving.signedOut(),
  lost: (words) => saving.say(words, "bad"),
});
const tabs = meet(root.dataset.post ?? "", {
  open: () => tell("This post is open in another tab too. Write in one of them only."),
  saved: (version) => { if (version > Number(form.elements.version.value)) tell("This post was saved in another tab. Your next key shows both texts."); },
});
const saving = new Saving(root, form, { field, keeper, tabs, onSaved });
const preview = new Preview(root, form, () => field.writing, () => saving.signedOut());
const pictures = new Pictures(form, () => field.writing, dialog("alt"), {
  say: (words, tone) => saving.say(words, tone),
  address: String(root.dataset.pictures),
  signedOut: () => saving.signIn(),
});

const does = {
  save: () => { saving.save(); },
  bold: inText(() => around(field.writing, "**")),
  italic: inText(() => around(field.writing, "*")),
  link: inText(() => link(field.writing)),
  preview: () => show(root.dataset.shows === "preview" ? "write" : "preview"),
  write: () => show("write"),
  help: () => { if (!dialog("help").open) dialog("help").showModal(); },
  demo: () => { pick(dialog("picker-dialog"), field.writing); },
  picture: () => root.querySelector("[data-files]").click(),
  library: async () => {
    const picture = await pickPicture(dialog("library"));
    if (picture) insertBlock(field.writing, `![${picture.alt}](${picture.name})`);
  },
  cover: async () => {
    const picture = await pickPicture(dialog("library"));
    if (!picture) return;
    form.elements.cover.value = picture.name.startsWith("/") ? picture.name : picture.url;
    form.elements.cover_alt.value ||= picture.alt;
    form.elements.cover.dispatchEvent(new Event("input", { bubbles: true }));
  },
  more: () => insertBlock(field.writing, "<!-- more -->"),
};

root.addEventListener("input", (event) => {
  const { form: own, name } = /** @type {HTMLInputElement} */ (event.target);
  if (own !== form || !name) return;
  nameButtons(root, form);
  keeper.changed();
  if (keeper.dirty) saving.say("");
});
form.addEventListener("submit", (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button && !button.matches("[data-save], [data-publish]")) return;
  event.preventDefault();
  saving.save(button);
});
root.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement} */ (event.target).closest("button[data-act], button[data-closes]");
  if (button instanceof HTMLElement && button.dataset.act) does[button.dataset.act]();
  else button?.closest("dialog")?.close();
});
root.querySelector("[data-files]").addEventListener("change", (event) => {
  pictures.take([...event.target.files]);
  event.target.value = "";
});
root.querySelector(".text").addEventListener("paste", (event) => {
  const pasted = event.clipboardData?.getData("text/plain") ?? "";
  if (!linksTo(field.writing, pasted)) return;
  event.preventDefault();
  event.stopPropagation();
  link(field.writing, pasted.trim());
}, true);
root.addEventListener("to-the-text", () => show("write"));
root.addEventListener("field", () => preview.mark());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && drawer.open && drawer.contains(/** @type {Node} */ (event.target))) {
    drawer.open = false;
    drawer.querySelector("summary").focus();
  }
});
window.addEventListener("beforeunload", (event) => { if (keeper.dirty) event.preventDefault(); });

listen(root, does);
pictures.watch(root.querySelector(".text"));
watch(root, form, keeper, {
  saved: () => tell("This post was saved elsewhere meanwhile. Your next key shows both texts."),
  typed: () => tell("This post is being written elsewhere too. Write in one place only."),
});
suggestTags(form.elements.tags);
linkInPlace(drawer);
nameButtons(root, form);
sweep();
field.open().then(() => {
  const line = Number(/^#line-([1-9]\d{0,5})$/.exec(location.hash)?.[1]); // as the page of checks links to it
  if (line) field.writing.goTo(line);
});
preview.draw();
offer();

/** What this browser has and the server has not, from a page that went too soon. */
async function offer() {
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map(({ name }) => name));
  navigator.locks?.request(page, () => new Promise(() => {}));
  for (const entry of found(root.dataset.post || "new")) {
    if (held.has(entry.key.split(":")[2])) continue; // another tab is at it
    if (same(entry.fields, shown)) drop(entry.key);
    else return offered(entry);
  }
}

function offered(entry) {
  const day = new Date(entry.at).toLocaleDateString("en-GB", { day: "numeric", month: "long" });
  choose(root.querySelector("[data-choice]"), {
    heading: "This browser has a text that the server does not have",
    words: `It was typed on ${day}, until ${clock(entry.at)}.`,
    mine: written(form),
    theirs: entry.fields,
    ways: [
      ["Take it into the editor", () => {
        fill(form, entry.fields, (text) => field.take(text));
        drop(entry.key);
        keeper.changed();
      }],
      ["Drop it", () => drop(entry.key)],
    ],
  });
}

async function onSaved({ url, public_url: address, slug }) {
  for (const [name, href] of Object.entries({ see: address, delete: `${url}/delete`, history: `${url}/revisions` })) {
    const place = root.querySelector(`[data-${name}]`);
    place.hidden = !href;
    if (href) place.href = href;
  }
  root.querySelector("[data-going-on]")?.remove();
  nameButtons(root, form);
  const standing = [url, slug, root.dataset.state, form.elements.published_at.value].join(" ");
  if (standing === stood) return;
  stood = standing;
  if (new URL(form.action).pathname !== url) {
    form.action = url;
    root.dataset.post = local.post = url.split("/").at(-1);
    history.replaceState(null, "", url);
    tabs.become(root.dataset.post);
  }
  await renew(url);
}

/** What the page says of the post beside its text, as the server says it now. */
async function renew(url) {
  const fresh = parsed(await (await fetch(url)).text());
  document.title = fresh.title;
  for (const name of ["[data-drop-ins]", "[data-standing]", "h1"]) {
    const place = fresh.querySelector(`[data-editor] ${name}`);
    if (place) root.querySelector(name).replaceWith(place);
  }
}

function show(what) {
  root.dataset.shows = what;
  for (const button of root.querySelectorAll("[data-act=write], [data-act=preview]")) button.ariaPressed = String(button.dataset.act === what);
  if (what === "preview") preview.draw();
}

function tell(words) {
  const place = root.querySelector("[data-tabs]");
  place.textContent = words;
  place.hidden = false;
}

function inText(act) {
  return () => {
    if (!root.querySelector(".text").contains(document.activeElement) && !document.activeElement?.matches("[data-act]")) return false;
    act();
  };
}
