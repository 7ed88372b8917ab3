// What only some readers of a bench use, each loaded when they do: the API box, areas, the camera, the foot line.
// @ts-check

export function equip(bench) {
  pointToText(bench);
  if (bench.find("link")) import("./instant.js").then(({ link }) => link(bench));
  const once = (element, load) => element?.addEventListener("toggle", load, { once: true });
  once(bench.find("api"), async () => (await import("./snippets.js")).fill(bench));
  once(bench.find("embed"), async () => (await import("./foot.js")).embed(bench));
  for (const field of bench.querySelectorAll("[data-over]")) {
    const load = async () => (await import("./mask.js")).paint(bench, field);
    const folded = field.closest("details:not([open])");
    if (folded) once(folded, load);
    else load();
  }
  for (const button of bench.querySelectorAll("[data-camera]")) {
    button.hidden = !navigator.mediaDevices?.getUserMedia; // browsers have it on secure pages only
    button.addEventListener("click", async () => (await import("./camera.js")).photograph(bench, button.dataset.camera));
  }
  for (const form of bench.querySelectorAll("form[data-offer]")) {
    if (form.dataset.offer === "erase" && bench.dataset.where === "job") continue; // its page goes with the run
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      (await import("./foot.js")).send(bench, form);
    });
  }
}

/** "How this works" leads to the heading that follows the bench in its post. */
function pointToText(bench) {
  const headings = [...(bench.closest("article")?.querySelectorAll("h2[id], h3[id]") ?? [])];
  const next = headings.find((heading) => bench.compareDocumentPosition(heading) & Node.DOCUMENT_POSITION_FOLLOWING);
  Object.assign(bench.find("how"), { href: `#${next?.id}`, hidden: !next });
}
