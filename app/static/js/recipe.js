// A result that carries its own recipe: dropped on a bench, it sets the bench as the run that made it.
// @ts-check

import { query } from "./address.js";

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const KEYWORD = "playpress";

/** The recipe in a PNG's text chunk (tEXt or iTXt), or null. @param {Uint8Array} bytes */
export async function read(bytes) {
  for (const { type, data } of chunks(bytes)) {
    const text = await { tEXt: latin, iTXt: international }[type]?.(data);
    if (text?.[0] === KEYWORD) return parsed(text[1]);
  }
  return null;
}

/** Sets a bench as the run of a recipe, or says where that can be done. */
export async function restore(bench, { demo, inputs = {} }) {
  const given = Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, value?.name ?? value?.picture ?? value]));
  if (demo !== bench.dataset.name) {
    const link = Object.assign(document.createElement("a"), { href: `/demos/${encodeURIComponent(demo)}${query(given)}`, textContent: "Open it there" });
    bench.voice.fail(`This picture was made by another demo, ${demo.replaceAll("-", " ")}. `, link);
    return bench.say("A picture of another demo");
  }
  const lost = await erased(given);
  for (const [name, value] of Object.entries(given)) if (bench.fields.field(name)) bench.fields.set(name, lost.has(name) ? null : value);
  bench.fields.complain(Object.fromEntries([...lost].map((name) => [name, `${bench.fields.label(name)}: that picture has been erased here. Choose it again.`])));
  bench.enter("idle", "Set as the run that made this picture: press Run");
}

/** The pictures of readers that are no longer kept. */
async function erased(given) {
  const kept = Object.entries(given).filter(([, value]) => String(value).startsWith("/pictures/"));
  const found = await Promise.all(kept.map(([, address]) => fetch(address, { method: "HEAD" }).then(({ ok }) => ok, () => true)));
  return new Set(kept.filter((_, i) => !found[i]).map(([name]) => name));
}

function* chunks(bytes) {
  if (!SIGNATURE.every((byte, i) => bytes[i] === byte)) return;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const length = view.getUint32(at);
    yield { type: String.fromCharCode(...bytes.subarray(at + 4, at + 8)), data: bytes.subarray(at + 8, at + 8 + length) };
    at += 12 + length;
  }
}

function latin(data) {
  const [keyword, rest] = cut(data);
  return [keyword, new TextDecoder("latin1").decode(rest)];
}

/** Keyword, whether and how it is compressed, a language, the keyword in it, and the text. */
async function international(data) {
  const [keyword, rest] = cut(data);
  const [, translated] = cut(rest.subarray(2));
  const [, text] = cut(translated);
  const plain = rest[0] ? await new Response(new Blob([text]).stream().pipeThrough(new DecompressionStream("deflate"))).arrayBuffer() : text;
  return [keyword, new TextDecoder().decode(plain)];
}

function cut(data) {
  const end = data.indexOf(0);
  return end < 0 ? ["", data] : [new TextDecoder("latin1").decode(data.subarray(0, end)), data.subarray(end + 1)];
}

function parsed(text) {
  try {
    const recipe = JSON.parse(text);
    return typeof recipe?.demo === "string" ? recipe : null;
  } catch {
    return null; // somebody else's chunk of this name, or a broken one
  }
}
