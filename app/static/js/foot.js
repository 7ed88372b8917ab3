// The forms of a bench's foot line, sent without leaving the page: report a result, erase a run.
// @ts-check

import { sentence } from "./words.js";

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

function gone(bench) {
  bench.run.forget();
  bench.clear();
  bench.querySelector("[data-run]").focus({ preventScroll: true });
  bench.enter("idle", "Erased, with its pictures");
}
