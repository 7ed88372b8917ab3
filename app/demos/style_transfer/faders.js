// Ready mixtures for the five faders of the style layers. The faders themselves are the declared sliders, upright.
// @ts-check

// The network weighs its layers 2, 2, 1, ½ and ¼; “even” takes that back, as nearly as a step of 0.1 can.
const PRESETS = {
  House: [1, 1, 1, 1, 1],
  Even: [0.3, 0.3, 0.5, 1, 2],
  "Brush strokes only": [2, 1, 0, 0, 0],
  Motifs: [0, 0, 0, 1, 2],
};

/** Puts the presets above the faders. */
export function presets(fields) {
  const first = fields.form.querySelector("[name=layer_1]")?.closest(".field");
  if (!first) return;
  const head = Object.assign(document.createElement("p"), { className: "presets-name", textContent: "Style layers" });
  const row = Object.assign(document.createElement("div"), { className: "presets" });
  row.setAttribute("role", "group");
  row.setAttribute("aria-label", "Ready mixtures of the layers");
  for (const [name, weights] of Object.entries(PRESETS)) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
    button.addEventListener("click", () => weights.forEach((weight, i) => fields.set(`layer_${i + 1}`, weight)));
    row.append(button);
  }
  first.before(head, row);
}
