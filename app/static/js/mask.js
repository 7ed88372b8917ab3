// A field for an area: painted over the picture it belongs to, or chosen from ready ones, and sent as a black and white PNG.
// @ts-check

import { AREAS, Painting } from "./strokes.js";

const LONGEST = 512; // of the PNG, in pixels: as fine as a finger
const INK = "#e5532d";
const NOTHING = "Nothing is painted.";

/** Puts a painter into the field of a mask. */
export async function paint(bench, field) {
  const painter = new Painter(bench, field);
  bench.addEventListener("values", () => painter.follow());
  await painter.follow();
}

class Painter {
  painting = new Painting();
  #under = null; // the address of the picture that is painted over
  #kept = null; // the address of an area that came with a run

  constructor(bench, field) {
    Object.assign(this, { bench, field, name: field.dataset.field, over: field.dataset.over });
    this.picture = Object.assign(new Image(), { alt: "", draggable: false });
    this.canvas = make("canvas", { width: LONGEST, height: LONGEST });
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", NOTHING);
    this.brush = make("input", { type: "range", min: "2", max: "40", value: "14" });
    this.erase = this.#button("Erase", () => this.#toggle());
    this.erase.setAttribute("aria-pressed", "false");
    this.said = make("p", { className: "help" });
    this.said.setAttribute("role", "status");
    field.querySelector(".shelf").after(this.#easel());
    field.toggleAttribute("data-painted", true);
    this.canvas.addEventListener("pointerdown", (event) => this.#stroke(event));
  }

  /** Keeps up with the bench: another picture needs another area, and a run brings its own. */
  async follow() {
    const { fields } = this.bench;
    const under = fields.picture(this.over);
    if (under !== this.#under) {
      const drawn = this.#under !== null && !this.painting.empty && fields.file(this.name);
      this.#under = under;
      await this.#frame(under);
      if (drawn) return this.#wipe();
    }
    if (fields.file(this.name)) return;
    const kept = fields.picture(this.name);
    if (kept !== this.#kept || !kept) this.painting.marks = kept ? [{ picture: await inked(kept) }] : [];
    this.#kept = kept;
    this.#draw();
  }

  #easel() {
    const frame = make("div", { className: "easel" });
    frame.append(this.picture, this.canvas);
    const size = make("label", { className: "field", textContent: "Brush" });
    size.append(this.brush);
    const tools = make("div", { className: "tools" });
    tools.append(size, this.erase, this.#button("Undo", () => this.#do(() => this.painting.undo())), this.#button("Clear", () => this.#do(() => this.painting.clear())));
    const areas = make("div", { className: "tools" });
    areas.setAttribute("role", "group");
    areas.setAttribute("aria-label", "Ready areas");
    areas.append(...Object.entries(AREAS).map(([area, [words]]) => this.#button(words, () => this.#do(() => this.painting.add({ area })))));
    const easel = make("div", { className: "painter" });
    easel.append(frame, tools, areas, this.said);
    return easel;
  }

  #button(words, act) {
    const button = make("button", { type: "button", textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  #toggle() {
    this.erase.setAttribute("aria-pressed", String(this.erase.getAttribute("aria-pressed") !== "true"));
  }

  #do(act) {
    act();
    this.#draw();
    this.#give();
  }

  #wipe() {
    this.painting.marks = [];
    this.#draw();
    this.bench.fields.set(this.name, null);
    this.#say("Another picture: the area was taken away.");
  }

  async #frame(url) {
    if (url) this.picture.src = url;
    await this.picture.decode().catch(() => {}); // without the picture one still paints, on an empty frame
    const { naturalWidth: wide = 1, naturalHeight: high = 1 } = this.picture;
    const scale = LONGEST / Math.max(wide, high, 1);
    Object.assign(this.canvas, { width: Math.max(1, Math.round(wide * scale)), height: Math.max(1, Math.round(high * scale)) });
    this.#draw();
  }

  #stroke(event) {
    if (event.button) return;
    const points = [];
    const at = ({ clientX, clientY }) => {
      const { left, top, width, height } = this.canvas.getBoundingClientRect();
      points.push([(clientX - left) / width, (clientY - top) / height]);
      this.#draw();
    };
    const erase = this.erase.getAttribute("aria-pressed") === "true";
    this.painting.add({ points, size: Number(this.brush.value) / 100, erase });
    this.canvas.setPointerCapture(event.pointerId);
    at(event);
    const lift = new AbortController();
    this.canvas.addEventListener("pointermove", at, { signal: lift.signal });
    for (const end of ["pointerup", "pointercancel"]) {
      this.canvas.addEventListener(end, () => { lift.abort(); this.#give(); }, { signal: lift.signal });
    }
  }

  #draw() {
    const context = this.canvas.getContext("2d", { willReadFrequently: true });
    Object.assign(context, { fillStyle: INK, strokeStyle: INK });
    this.painting.draw(context, this.canvas.width, this.canvas.height);
  }

  #say(words) {
    this.said.textContent = words;
    this.canvas.setAttribute("aria-label", words);
  }

  /** The area as it stands becomes the field's file, and is told in words. */
  async #give() {
    const share = painted(this.canvas);
    this.#say(share ? `${share < 0.005 ? "Less than 1" : Math.round(share * 100)} % of the picture is painted.` : NOTHING);
    this.#kept = null;
    if (!share) return this.bench.fields.set(this.name, null);
    const blob = await whiteOnBlack(this.canvas);
    this.bench.fields.give(new File([blob], "area.png", { type: "image/png" }), this.name);
  }
}

function painted(canvas) {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let inside = 0;
  for (let i = 3; i < data.length; i += 4) inside += data[i] > 127 ? 1 : 0;
  return inside / (data.length / 4);
}

function whiteOnBlack(ink) {
  const { width, height } = ink;
  const canvas = make("canvas", { width, height });
  const context = canvas.getContext("2d");
  context.drawImage(ink, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.globalCompositeOperation = "destination-over";
  context.fillStyle = "#000";
  context.fillRect(0, 0, width, height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

/** A white-on-black picture as ink on nothing. */
async function inked(url) {
  const picture = Object.assign(new Image(), { src: url });
  await picture.decode();
  const canvas = make("canvas", { width: picture.naturalWidth, height: picture.naturalHeight });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.drawImage(picture, 0, 0);
  const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < pixels.data.length; i += 4) pixels.data[i + 3] = pixels.data[i];
  context.putImageData(pixels, 0, 0);
  context.globalCompositeOperation = "source-in";
  context.fillStyle = INK;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
