// What the style is: runs the demo of Gram matrices on the style and on the result, and looks into both.
// @ts-check

import { LAYERS } from "./losses.js";
import { follow, start } from "/static/js/jobs.js";

const DEMO = "/demos/gram-matrix/assets/-/matrix.js";
const RUN = "/api/v1/demos/gram-matrix/jobs";

/** Fills the section, again for each layer that is picked. Returns what counts the run that is on the bench. */
export async function matrices(bench) {
  const place = bench.querySelector("[data-matrix]");
  const root = document.createElement("div");
  const [picker, said] = [layers(look), document.createElement("p")];
  said.setAttribute("role", "status");
  place.replaceChildren(picker, said, root);
  const { matrix } = await import(DEMO);
  const view = matrix(root, ["The style", "The result"]);

  async function look() {
    said.textContent = "Counting…";
    try {
      const { output, error } = await counted(bench, picker.querySelector("select").value);
      if (!output) throw new Error(error ?? "The count was stopped; pick the layer again.");
      await view.show(output);
      said.textContent = `Each cell says how strongly two feature maps fire at the same places. ${apart(output.data)}`;
    } catch (error) {
      said.textContent = error.message;
    }
  }

  return look;
}

async function counted(bench, layer) {
  const body = new FormData();
  body.append("layer", layer);
  body.append("network", bench.job?.inputs.network === "random" ? "random" : "trained");
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

function apart({ distance }) {
  if (distance === undefined) return "";
  return `Of the style the result lacks ${distance < 0.01 ? "less than 1" : Math.round(100 * distance)} % in this layer.`;
}

function layers(changed) {
  const [label, select] = [document.createElement("label"), document.createElement("select")];
  Object.assign(label, { textContent: "Layer ", className: "field layer" });
  select.append(...LAYERS.map((name) => new Option(name, name, name === "relu2_1", name === "relu2_1")));
  select.addEventListener("change", changed);
  label.append(select);
  return label;
}
