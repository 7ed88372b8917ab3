// The mixer of two or three styles: a handle on a segment or in a triangle, which sets the declared weights.
// @ts-check

import { after, corners, mixture, percents, place } from "./mixture.js";

const STYLES = [["style", "weight_1"], ["style_2", "weight_2"], ["style_3", "weight_3"]];

/** Returns what to call when a picture or a weight may have changed. */
export function mixer(fields) {
  const controls = STYLES.map(([, weight]) => fields.form.querySelector(`[name=${weight}]`));
  const [field, root, places, handle] = [element("div", "field"), element("div", "mixer"), element("div", "places"), element("div", "handle")];
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  attributes(handle, { role: "slider", tabindex: "0", "aria-label": "Mixture of the styles", "aria-valuemin": "0", "aria-valuemax": "100" });
  attributes(ground, { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" });
  root.append(ground, places, handle);
  field.append(root);
  controls[0].closest(".field").before(field);

  // A painted region takes the second style, which then leaves the mixture.
  const chosen = () => STYLES.map((_, i) => i).filter((i) => fields.picture(STYLES[i][0]) && !(i === 1 && fields.picture("mask")));
  const weights = () => chosen().map((i) => Number(controls[i].value));

  function set(mixed) {
    percents(mixed).forEach((percent, n) => fields.set(STYLES[chosen()[n]][1], percent / 100));
    draw();
  }

  function draw() {
    const [at, percent] = [chosen(), percents(weights())];
    field.hidden = at.length < 2;
    for (const control of controls) control.closest(".field").hidden = true;
    if (field.hidden) return;
    root.dataset.count = String(at.length);
    const area = document.createElementNS("http://www.w3.org/2000/svg", "path");
    area.setAttribute("d", `M${corners(at.length).map(([x, y]) => `${100 * x} ${100 * y}`).join("L")}Z`);
    ground.replaceChildren(area);
    const [x, y] = place(weights());
    handle.style.setProperty("--x", String(x));
    handle.style.setProperty("--y", String(y));
    attributes(handle, { "aria-valuenow": percent.at(-1), "aria-valuetext": at.map((i, n) => `Style ${i + 1} ${percent[n]} %`).join(", ") });
    places.replaceChildren(...at.map((i, n) => corner(fields.picture(STYLES[i][0]), percent[n], corners(at.length)[n])));
  }

  function drag(event) {
    const box = ground.getBoundingClientRect();
    set(mixture([(event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height], chosen().length));
  }

  root.addEventListener("pointerdown", (event) => {
    root.setPointerCapture(event.pointerId);
    drag(event);
  });
  root.addEventListener("pointermove", (event) => root.hasPointerCapture(event.pointerId) && drag(event));
  handle.addEventListener("keydown", (event) => {
    const mixed = after(event.key, weights());
    if (!mixed) return;
    event.preventDefault();
    set(mixed);
  });
  return draw;
}

function corner(url, percent, [x, y]) {
  const made = element("span", "corner");
  made.style.setProperty("--x", String(x));
  made.style.setProperty("--y", String(y));
  made.append(Object.assign(new Image(), { src: url, alt: "", draggable: false }), `${percent} %`);
  return made;
}

const element = (tag, className) => Object.assign(document.createElement(tag), { className });

function attributes(made, values) {
  for (const [name, value] of Object.entries(values)) made.setAttribute(name, String(value));
}
