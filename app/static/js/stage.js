// Pictures on the stage: a new one fades in over the old, in the same place, once it can be shown.
// @ts-check

const newest = new WeakMap();

/** Shows a picture in a frame; false where it cannot be read. Calls overtaken by a newer one change nothing. */
export async function show(frame, url, alt = "") {
  if (!frame) return true;
  const turn = (newest.get(frame) ?? 0) + 1;
  newest.set(frame, turn);
  if (!url) {
    frame.replaceChildren();
    return true;
  }
  if (frame.lastElementChild?.getAttribute("src") === url) return true;
  const picture = Object.assign(new Image(), { src: url, alt, decoding: "async", draggable: false });
  const readable = await picture.decode().then(() => true, () => false);
  if (!readable || newest.get(frame) !== turn) return readable;
  const old = [...frame.children];
  picture.className = old.length ? "arriving" : "";
  frame.append(picture);
  for (const other of old) other.alt = "";
  await Promise.allSettled(picture.getAnimations().map(({ finished }) => finished));
  for (const other of old) other.remove();
  picture.className = "";
  return true;
}
