// A reader's own photograph on its way to the server: what can be sent, and how large it needs to be.
// @ts-check

export const LARGEST_FILE = 16 * 1024 * 1024;
export const LONGEST_SIDE = 2048;
const WORTH_SHRINKING = 1024 * 1024;
const READ = new Set(["image/png", "image/jpeg", "image/webp"]); // by the server; browsers know some more, as a GIF

/** Why a file cannot be sent, in a sentence, or null. The server looks closer. */
export function unfit(file) {
  if (file.size === 0) return `“${file.name}” is empty.`;
  if (file.type && !file.type.startsWith("image/")) return `“${file.name}” is not a picture. PNG, JPEG and WebP can be read.`;
  return null;
}

/** Why a file is still too large after shrinking, or null. */
export function tooLarge(file) {
  if (file.size <= LARGEST_FILE) return null;
  return `“${file.name}” has ${Math.ceil(file.size / 1024 / 1024)} MB; ${LARGEST_FILE / 1024 / 1024} MB is the most that can be taken in.`;
}

/** Width and height fitted into a square of `longest`, never enlarged. */
export function fitted(width, height, longest = LONGEST_SIDE) {
  const scale = Math.min(1, longest / Math.max(width, height));
  return [Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale))];
}

/**
 * The same picture at most 2048 px long, upright, in a format that the server reads; the file as it was where it is small
 * or the browser cannot read it.
 */
export async function shrunk(file) {
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => null);
  if (!bitmap) return file;
  const [width, height] = fitted(bitmap.width, bitmap.height);
  const readable = READ.has(file.type);
  if (readable && width === bitmap.width && file.size <= WORTH_SHRINKING) return file;
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  if (!context) return file;
  context.fillStyle = "#fff"; // what is transparent becomes paper, as it does on the server
  context.fillRect(0, 0, width, height);
  context.drawImage(bitmap, 0, 0, width, height);
  bitmap.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.92));
  return blob && (blob.size < file.size || !readable) ? new File([blob], `${file.name.replace(/\.\w+$/, "")}.jpg`, { type: "image/jpeg" }) : file;
}
