// A bench's foot line: the code that puts it on another page; and its forms, sent without leaving this one.
// @ts-check

import { asked, query } from "./address.js";
import { toClipboard } from "./snippets.js";
import { sentence } from "./words.js";

const LINE = 80; // pixels for a closed line of the foot, and the line under the bench that says where it is from

/** Sends one of the forms, and says what came of it. */
export async function send(bench, form) {
  const { offer } = form.dataset;
  try {
    const [address, how] = offer === "erase" ? [bench.job.urls.self, { method: "DELETE" }] : [form.action, { method: "POST", body: new FormData(form) }];
    const answer = await fetch(address, { ...how, headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error((await answer.json().catch(() => ({}))).error);
    if (offer === "erase") return gone(bench);
    form.closest("details").open = false;
    form.closest("details").querySelector("summary").focus({ preventScroll: true });
    bench.say("Reported: somebody will look at it");
  } catch (error) {
    bench.say(error.message || sentence(error));
  }
}

/** Keeps the code for another page at what the bench shows, and as high as it is here. */
export function embed(bench) {
  const code = bench.querySelector("[data-embed] code");
  const write = () => {
    const src = `${location.origin}/demos/${bench.dataset.name}/embed${query(asked(bench.fields))}`;
    const height = Math.ceil(bench.offsetHeight - bench.find("embed").offsetHeight) + LINE;
    code.textContent = code.textContent.replace(/src="[^"]*"/, `src="${src.replaceAll("&", "&amp;")}"`).replace(/height="\d+"/, `height="${height}"`);
  };
  bench.find("copy-frame").addEventListener("click", (event) => toClipboard(event.target, code.textContent));
  bench.addEventListener("values", write);
  write();
}

function gone(bench) {
  bench.run.forget();
  bench.clear();
  bench.querySelector("[data-run]").focus({ preventScroll: true });
  bench.enter("idle", "Erased, with its pictures");
}
