// The drawer of settings: what the buttons say, tags that there are, a cover from the library, draft links.
// @ts-check

const MOMENT_WORDS = { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "UTC" };

/** What the buttons do is what they say: it depends on the state, on the date, and on what readers have already. */
export function nameButtons(root, form) {
  const save = form.querySelector("[data-save]");
  const publish = form.querySelector("[data-publish]");
  const { status, published_at: date } = form.elements;
  const later = date.value && new Date(`${date.value}Z`) > new Date() ? new Date(`${date.value}Z`) : null;
  const when = later?.toLocaleString("en-GB", MOMENT_WORDS).replace(" at ", ", ");
  const was = root.dataset.state;
  const out = later ? `Schedule for ${when} UTC` : "Publish now";
  publish.hidden = status.value === "published";
  publish.textContent = out;
  if (status.value !== "published") save.textContent = was === "draft" ? "Save draft" : "Save and take back to draft";
  else if (was === "published" && !later) save.textContent = "Update the post";
  else if (was === "scheduled" && later) save.textContent = `Save for ${when} UTC`;
  else save.textContent = out;
}

/** Suggestions for a line of tags: what is written already, and one more. */
export function suggestTags(field) {
  const list = field.list;
  const names = [...(list?.options ?? [])].map(({ value }) => value);
  field.addEventListener("input", () => {
    const parts = field.value.split(",");
    const before = parts.slice(0, -1).map((part) => part.trim()).filter(Boolean);
    const rest = names.filter((name) => !before.includes(name));
    list.replaceChildren(...rest.map((name) => Object.assign(document.createElement("option"), { value: [...before, name].join(", ") })));
  });
}

/**
 * A picture of the library, or null.
 *
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<{name: string, alt: string, url: string} | null>}
 */
export async function pickPicture(dialog) {
  const place = dialog.querySelector("[data-library-place]");
  place.replaceChildren();
  dialog.returnValue = "";
  dialog.showModal();
  let pictures = [];
  try {
    ({ pictures } = await (await fetch(dialog.dataset.library, { headers: { Accept: "application/json" } })).json());
  } catch { /* the sentence below is for this too */ }
  place.replaceChildren(...pictures.map(({ name, alt, thumb, width, height }, index) => {
    const button = Object.assign(document.createElement("button"), { value: String(index), className: "bare" });
    button.append(Object.assign(document.createElement("img"), { src: thumb, alt, width, height, loading: "lazy" }), name);
    return button;
  }));
  dialog.querySelector("[data-library-empty]").hidden = pictures.length > 0;
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(pictures[Number(dialog.returnValue || "-1")] ?? null), { once: true });
  });
}

/** A new draft link is shown where it was asked for, so that the text need not be left. */
export function linkInPlace(drawer) {
  drawer.addEventListener("submit", async (event) => {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("[action$='/links']")) return;
    event.preventDefault();
    const out = Object.assign(document.createElement("p"), { className: "new-link", role: "status" });
    try {
      const response = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "application/json" } });
      const { url, error } = await response.json();
      const field = Object.assign(document.createElement("input"), { type: "text", readOnly: true, value: url ?? "" });
      field.setAttribute("aria-label", "The new draft link");
      out.append(...(url ? ["It is shown this once: ", field] : [error]));
    } catch {
      out.textContent = "The server cannot be reached, so there is no link yet.";
    }
    form.parentElement?.querySelector(".new-link")?.remove();
    form.after(out);
    out.querySelector("input")?.select();
  });
}
