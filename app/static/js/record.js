// The record under the bench of a run's page, which was written when the page was: a run that ended since has more to tell.
// @ts-check

import { parsed } from "./markup.js";

/** Writes the record again where it is of another run, or of an earlier state of this one. */
export async function renew(job) {
  const place = document.querySelector("[data-record]");
  if (!(place instanceof HTMLElement) || place.dataset.record === `${job.id} ${job.status}`) return;
  const answer = await fetch(job.urls.page).catch(() => null);
  if (!answer?.ok) return; // what stands there was true, and a reload tells the rest
  const fresh = parsed(await answer.text()).querySelector("[data-record]");
  if (!(fresh instanceof HTMLElement)) return;
  const folds = [...fresh.querySelectorAll("details")];
  place.querySelectorAll("details").forEach(({ open }, at) => folds[at]?.toggleAttribute("open", open));
  place.dataset.record = fresh.dataset.record;
  place.replaceChildren(...fresh.childNodes);
}
