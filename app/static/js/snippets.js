// The run on the bench, written as a program would ask for it: the server writes the lines, the values come from here.
// @ts-check

const SAID_FOR = 2000;

/** A value as a shell, Python or JavaScript takes it; a file of the reader's is opened by its name. */
export const literals = {
  curl: (value, file) => quoted(file ? `@${value}` : String(value)),
  python: (value, file) => (file ? `open(${JSON.stringify(value)}, "rb")` : `(None, ${JSON.stringify(String(value))})`),
  javascript: (value, file) => (file ? `await openAsBlob(${JSON.stringify(value)})` : JSON.stringify(String(value))),
};

/** Keeps the API box of a bench at the values that it shows. */
export function fill(bench) {
  const write = () => {
    const values = bench.fields.values();
    const changed = new Set(Object.keys(bench.fields.changes()));
    for (const code of bench.querySelectorAll("[data-language]")) {
      code.querySelector("[data-lines]")?.replaceChildren(...Object.keys(values).filter((name) => changed.has(name)).map((name) => line(code, name, values[name])));
      for (const line of code.querySelectorAll("[data-line]")) {
        const { line: name } = line.dataset;
        const needed = values[name] === null && bench.fields.field(name)?.hasAttribute("data-required");
        line.hidden = !needed && !changed.has(name);
        const file = needed || bench.fields.file(name) !== null;
        line.querySelector("[data-literal]").textContent = literals[code.dataset.as ?? code.dataset.language](needed ? "photo.jpg" : values[name] ?? "", file);
      }
    }
  };
  for (const place of bench.querySelectorAll("[data-origin]")) place.textContent = location.origin; // where this page came from answers too
  bench.querySelector("[data-copy]").addEventListener("click", (event) => copy(bench, event.target));
  bench.addEventListener("values", write);
  write();
}

/** The line of one value, where there is one for each that is not the usual one. */
function line({ dataset: { before, after, as, language } }, name, value) {
  return `${before.replace("{}", name)}${literals[as ?? language](value ?? "", false)}${after}\n`;
}

const quoted = (text) => (/^[\w.@/:+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);

function copy(bench, button) {
  const { value } = bench.querySelector(".tabs :checked");
  return toClipboard(button, bench.querySelector(`[data-language="${value}"]`).innerText); // without the lines that are hidden
}

/** Copies, and says on the button what came of it. */
export async function toClipboard(button, text) {
  const copied = await navigator.clipboard?.writeText(text).then(() => true, () => false);
  button.textContent = copied ? "Copied" : "Select it to copy";
  setTimeout(() => { button.textContent = "Copy"; }, SAID_FOR);
}
