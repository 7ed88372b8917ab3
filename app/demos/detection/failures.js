// The gallery of failures: a press of a button puts the picture and the settings on the bench, and runs it.
// @ts-check

/** @param {HTMLElement} root @param {import("./panel.js").View} view */
export default function failures(root, { bench }) {
  root.addEventListener("click", (event) => {
    const button = /** @type {HTMLElement} */ (event.target).closest("[data-values]");
    if (!(button instanceof HTMLElement)) return;
    const { fields } = bench;
    const usual = [...fields.form.querySelectorAll("[data-field]")].map(({ dataset }) => [dataset.field, dataset.default]);
    for (const [name, value] of Object.entries({ ...Object.fromEntries(usual), ...JSON.parse(button.dataset.values ?? "{}") })) fields.set(name, value);
    fields.form.requestSubmit(bench.querySelector("[data-run]"));
    bench.scrollIntoView({ block: "start" });
  });
}
