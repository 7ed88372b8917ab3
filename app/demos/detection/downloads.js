// Files of what is on the stage, made in the browser when they are asked for.
// @ts-check

import { coco, csv, svg, voc } from "./exports.js";

const KINDS = {
  json: ["application/json", coco],
  xml: ["application/xml", voc],
  csv: ["text/csv", (_, objects) => csv(objects)],
};

/** Saves the objects as a file of one kind: png, svg, json, xml or csv. */
export async function save(kind, picture, objects, photo) {
  const name = `detection.${kind}`;
  const about = { ...picture, name: "detection.jpg" };
  if (kind in KINDS) {
    const [type, write] = KINDS[kind];
    return hand(new Blob([write(about, objects)], { type }), name);
  }
  const drawing = new Blob([svg(about, objects, embedded(photo, picture))], { type: "image/svg+xml" });
  hand(kind === "svg" ? drawing : await painted(drawing, picture), name);
}

/** Hands a file to the reader. */
export function hand(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000); // some browsers read it a moment later
}

function embedded(photo, { width, height }) {
  return canvas(photo, width, height).toDataURL("image/jpeg", 0.92);
}

async function painted(drawing, { width, height }) {
  const url = URL.createObjectURL(drawing);
  const image = Object.assign(new Image(), { src: url });
  await image.decode();
  const sheet = canvas(image, width, height);
  URL.revokeObjectURL(url);
  return new Promise((resolve) => sheet.toBlob(resolve, "image/png"));
}

function canvas(image, width, height) {
  const sheet = Object.assign(document.createElement("canvas"), { width, height });
  sheet.getContext("2d")?.drawImage(image, 0, 0, width, height);
  return sheet;
}
