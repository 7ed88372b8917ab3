// The run on the bench, written as a program would ask for it.
// @ts-check

/** @typedef {{name: string, value: string, file: boolean}} Value */

/** Fills the API box of a bench with the values it shows. */
export function write(bench, values) {
  const [box, other] = [bench.querySelector("[data-api=curl]"), bench.querySelector("[data-api=python]")];
  if (!box) return;
  const url = new URL(new URL(box.dataset.start).pathname, location.href).href; // where this page came from answers too
  box.textContent = curl(url, values);
  other.textContent = python(url, values);
}

const quoted = (text) => (/^[\w.@/:+=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
const literal = (text) => (/^-?\d+(\.\d+)?$/.test(text) ? text : JSON.stringify(text));

/** @param {string} url @param {Value[]} values */
export function curl(url, values) {
  const parts = values.map(({ name, value, file }) => `-F ${quoted(file ? `${name}=@${value}` : `${name}=${value}`)}`);
  return ["curl", ...parts, quoted(url)].join(" \\\n  ");
}

/** @param {string} url @param {Value[]} values */
export function python(url, values) {
  const row = (open, { name, value }) => `        "${name}": ${open(value)},\n`;
  const files = values.filter(({ file }) => file).map((value) => row((path) => `open(${JSON.stringify(path)}, "rb")`, value)).join("");
  const data = values.filter(({ file }) => !file).map((value) => row(literal, value)).join("");
  return [
    "import requests",
    "",
    "job = requests.post(",
    `    "${url}",`,
    ...(files ? [`    files={\n${files}    },`] : []),
    ...(data ? [`    data={\n${data}    },`] : []),
    ").json()",
    'while job["status"] in ("queued", "running"):',
    `    job = requests.get(f"${new URL(url).origin}/api/v1/jobs/{job['id']}", params={"wait": 20}).json()`,
    'print(job["error"] or job["output"])',
  ].join("\n");
}
