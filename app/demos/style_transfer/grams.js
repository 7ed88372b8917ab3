// What the style is: runs the demo of Gram matrices on the style and on the result, and looks into both.
// @ts-check

import { LAYERS } from "./losses.js";
import { follow, start } from "/static/js/jobs.js";

const DEMO = "/demos/gram-matrix/assets/-/matrix.js";
const RUN = "/api/v1/demos/gram-matrix/jobs";

/** Fills the section that was opened, and again for each layer that is picked. */
export async function open(bench) {
  const place = bench.querySelector("[data-matrix]");
  const root = document.createElement("div");
  const [picker, said] = [layers(look), document.createElement("p")];
  place.replaceChildren(picker, said, root);
  const view = (await import(DEMO)).matrix(root, ["The style", "The result"]);

  async function look() {
    said.textContent = "Counting…";
    try {
      const job = await counted(bench, picker.querySelector("select").value);
      if (!job.output) throw new Error(job.error ?? "The count was stopped; pick the layer again.");
      await view.show(job.output);
      said.textContent = `Each cell says how strongly two feature maps fire at the same places. ${apart(job.output.data)}`;
    } catch (error) {
      said.textContent = error.message;
    }
  }

  await look();
}

async function counted(bench, layer) {
  const body = new FormData();
  body.append("layer", layer);
  body.append("picture", await given(bench.fields.picture("style")));
  const result = bench.frame("result")?.lastElementChild?.getAttribute("src");
  if (result) body.append("beside", await given(result));
  let job = await start(RUN, body);
  for await (const { type, data } of follow(job.urls)) if (type !== "update" && data?.status) job = data;
  return job;
}

/** A picture as the form takes it: the address of a stored one, or its bytes. */
async function given(url) {
  return url.startsWith("/pictures/") ? url : (await fetch(url)).blob();
}

const apart = ({ distance }) => (distance === undefined ? "" : `Of its style the result lacks ${Math.round(100 * distance)} % in this layer.`);

function layers(changed) {
  const [label, select] = [Object.assign(document.createElement("label"), { textContent: "Layer ", className: "field" }), document.createElement("select")];
  select.append(...LAYERS.map((name) => new Option(name, name, name === "relu2_1", name === "relu2_1")));
  select.addEventListener("change", changed);
  label.append(select);
  return label;
}
