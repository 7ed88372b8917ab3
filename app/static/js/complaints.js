// What is wrong with a form's fields, in a sentence beside each.
// @ts-check

/** Writes the sentences, by field; those that belong to none are given back. The first wrong control is where one goes on. */
export function complain(form, problems) {
  const homeless = [];
  for (const place of form.querySelectorAll("[data-problem]")) mark(place.closest(".field"), problems[place.dataset.problem] ?? "");
  for (const [name, sentence] of Object.entries(problems)) {
    const place = form.querySelector(`[data-problem="${CSS.escape(name)}"]`);
    if (!place) homeless.push(sentence);
    else place.closest("details")?.setAttribute("open", "");
  }
  form.querySelector("[aria-invalid=true]:is(input, select), [aria-invalid=true] input:not([hidden])")?.focus({ preventScroll: true });
  return homeless;
}

/** One field's sentence; an empty one takes it away. */
export function mark(field, sentence) {
  field.querySelector("[data-problem]").textContent = sentence;
  const control = field.matches("fieldset") ? field : field.querySelector("input:not([type=hidden]), select");
  if (sentence) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}
