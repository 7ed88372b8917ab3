// Signing in without leaving the page: the text, its cursor and its history stay as they are.
// @ts-check

/**
 * Asks in a dialog, in one step or two. Gives the token that forms carry from now on, or null where its author closes it.
 *
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<string | null>}
 */
export function signIn(dialog) {
  const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
  const problem = dialog.querySelector("[data-sign-in-problem]");
  let half = "";
  form.reset();
  problem.textContent = "";
  dialog.showModal();
  step(form, false);
  return new Promise((resolve) => {
    const submitted = async (event) => {
      event.preventDefault();
      const answer = await asked(form, half);
      problem.textContent = answer.error ?? "";
      if (answer.half) {
        half = answer.half;
        step(form, true);
      }
      if (answer.token) done(answer.token);
    };
    const closed = () => done(null);
    const done = (token) => {
      form.removeEventListener("submit", submitted);
      dialog.removeEventListener("close", closed);
      form.reset();
      dialog.close();
      resolve(token);
    };
    form.addEventListener("submit", submitted);
    dialog.addEventListener("close", closed);
  });
}

async function asked(form, half) {
  const body = new FormData();
  const names = half ? ["code"] : ["name", "password"];
  for (const name of names) body.set(name, form.elements[name].value);
  if (half) body.set("half", half);
  try {
    const response = await fetch(half ? form.dataset.code : form.dataset.password, { method: "POST", body, headers: { Accept: "application/json" } });
    return await response.json();
  } catch {
    return { error: "The server cannot be reached. Your text is still here; try again." };
  }
}

function step(form, second) {
  form.querySelector("[data-first]").hidden = second;
  form.querySelector("[data-second]").hidden = !second;
  form.elements.password.required = !second;
  form.elements.code.required = second;
  form.elements[second ? "code" : "password"].focus();
}
