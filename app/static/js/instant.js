// Demos that answer at once: a link that has the bench's values, and, where a demo has no panel of its own, the server's answer.
// @ts-check

import { query } from "./address.js";
import { Refusal } from "./jobs.js";
import { parsed } from "./markup.js";
import { paced } from "./pace.js";

const PAUSE = 150;

/** Keeps the link below a bench at what it shows. */
export function link(bench) {
  const write = () => { bench.find("link").href = `/demos/${bench.dataset.name}${query(bench.fields.changes())}`; };
  bench.addEventListener("values", write);
  write();
}

/** Asks the server, whenever the bench's values change, for what it answers to them. Tells `show(document)`. */
export function answers(bench, show) {
  const ask = paced(async () => {
    try {
      show(await fragment(bench));
      bench.fields.complain({});
      bench.voice.fail("");
      bench.enter("idle", "Answered");
    } catch (error) {
      bench.refused(error);
    }
  }, PAUSE);
  bench.addEventListener("values", ask);
}

async function fragment(bench) {
  const answer = await fetch(`/demos/${bench.dataset.name}/outputs${query(bench.fields.changes())}`, { headers: { Accept: "application/json" } });
  if (answer.ok) return parsed(await answer.text());
  const { error, problems } = await answer.json();
  throw new Refusal(error, { status: answer.status, problems });
}
