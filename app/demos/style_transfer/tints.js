// A finished painting in other colours, made in the browser from the pictures of the run.
// @ts-check

import { histogram, luminance } from "./colours.js";

/** The address of `painted` with the colours of `kind`; the photograph may have any size. */
export async function tinted(kind, painted, photograph) {
  if (kind === "painted") return painted;
  const made = await pixels(painted);
  // The colour of a pixel needs the photograph at the painting's size, the spread of all colours as it is.
  const seen = await pixels(photograph, kind === "luminance" ? made : undefined);
  const data = (kind === "luminance" ? luminance : histogram)(made.data, seen.data);
  return address(new ImageData(data, made.width, made.height));
}

async function pixels(url, size) {
  const picture = Object.assign(new Image(), { src: url });
  await picture.decode();
  const { width, height } = size ?? { width: picture.naturalWidth, height: picture.naturalHeight };
  const context = canvas(width, height).getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
  return context.getImageData(0, 0, width, height);
}

async function address(image) {
  const made = canvas(image.width, image.height);
  made.getContext("2d").putImageData(image, 0, 0);
  return URL.createObjectURL(await new Promise((done) => made.toBlob(done)));
}

const canvas = (width, height) => Object.assign(document.createElement("canvas"), { width, height });
