// A demo for the text, from the page that lists them: its options, its bench as a post would show it, its line.
// @ts-check

import { parsed } from "../markup.js";
import { insertBlock } from "./marks.js";

const LINE = /^ {0,3}:::[ \t]*demo[ \t]+(?<name>\S+)(?<options>[^\n]*?)(?:[ \t]*:::)?[ \t]*$/;
const OPTION = /([\w-]+)=(?:"((?:[^"\\]|\\.)*)"|([^\s"'\\]+))/g;
const MOMENT = 350;

/**
 * Opens the dialog: on all demos, or on the one whose line the cursor stands in.
 *
 * @param {HTMLDialogElement} dialog
 * @param {import("./plain.js").Writing} writing
 */
export async function pick(dialog, writing) {
  const there = lineAt(writing);
  const known = there && optionsOf(there.text);
  const place = dialog.querySelector("[data-picker-place]");
  const put = dialog.querySelector("[data-put]");
  const show = async (address) => {
    put.disabled = true;
    const section = await fetched(address);
    place.replaceChildren(section);
    put.disabled = !section.querySelector("[data-pick-line]");
    watch(section);
  };
  put.textContent = known ? "Change the line" : "Put it into the text";
  place.onclick = (event) => {
    const link = event.target.closest("a");
    if (!link || !new URL(link.href).pathname.startsWith(dialog.dataset.picker)) return;
    event.preventDefault();
    show(link.href);
  };
  put.onclick = () => {
    const line = place.querySelector("[data-pick-line]").value;
    dialog.close();
    if (known) writing.change(there.from, there.to, line);
    else insertBlock(writing, line);
    writing.focus();
  };
  dialog.showModal();
  await show(known ? `${dialog.dataset.picker}/${encodeURIComponent(known.name)}?${new URLSearchParams(known.options)}` : dialog.dataset.picker);
}

/** The name and options of a demo's line; null where it is not simple enough to be set in a form. */
export function optionsOf(line) {
  const found = LINE.exec(line);
  if (!found?.groups) return null;
  const { name, options } = found.groups;
  const rest = options.replace(OPTION, "").trim();
  const pairs = [...options.matchAll(OPTION)].map(([, key, quoted, bare]) => [key, quoted === undefined ? bare : quoted.replace(/\\(.)/g, "$1")]);
  return rest ? null : { name, options: Object.fromEntries(pairs) };
}

function lineAt({ text, selection: [at] }) {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  const to = end < 0 ? text.length : end;
  return { from, to, text: text.slice(from, to) };
}

// Every change of an option draws the bench and the line anew; the controls stay as they are.
function watch(section) {
  const form = section.querySelector("[data-pick]");
  let timer = 0;
  form?.addEventListener("submit", (event) => event.preventDefault());
  form?.addEventListener("input", (event) => {
    const output = event.target.closest(".field")?.querySelector("output");
    if (output) output.textContent = [event.target.value, output.dataset.unit].filter(Boolean).join(" ");
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const fresh = await fetched(`${form.action}?${new URLSearchParams(new FormData(form))}`);
      section.querySelector(".pick-shown").replaceWith(fresh.querySelector(".pick-shown"));
      for (const problem of fresh.querySelectorAll("[data-problem]")) {
        const place = section.querySelector(`[data-problem="${CSS.escape(problem.dataset.problem)}"]`);
        if (place) place.textContent = problem.textContent;
      }
    }, MOMENT);
  });
}

async function fetched(address) {
  try {
    const section = parsed(await (await fetch(address)).text()).querySelector("[data-picker]");
    if (!section) throw new Error("no demos");
    for (const bench of section.querySelectorAll(".bench")) bench.inert = true;
    return section;
  } catch {
    return Object.assign(document.createElement("p"), { className: "notice bad", textContent: "The demos cannot be reached just now." });
  }
}
