import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";

import { query } from "../../app/static/js/address.js";
import { read } from "../../app/static/js/recipe.js";

const RECIPE = { demo: "style-transfer", inputs: { style: "mosaic", steps: 80, title: "Blüten – 花" }, version: "abc", job: "1" };

/** A PNG as far as its chunks go; checksums are the decoder's business. */
function png(...chunks) {
  const parts = [Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", Buffer.alloc(13)), ...chunks, chunk("IDAT", Buffer.from([1, 2, 3])), chunk("IEND", Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat(parts));
}

function chunk(type, data) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type, "latin1"), data, Buffer.alloc(4)]);
}

const ascii = (value) => JSON.stringify(value).replace(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
const tEXt = (keyword, text) => chunk("tEXt", Buffer.from(`${keyword}\0${text}`, "latin1"));
const iTXt = (keyword, text, compressed) => chunk("iTXt", Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.from([compressed ? 1 : 0, 0]), Buffer.from("en\0Rezept\0"), compressed ? deflateSync(text) : Buffer.from(text)]));

test("a recipe is read from every kind of text chunk, wherever it stands", async () => {
  const text = JSON.stringify(RECIPE);
  for (const carrier of [tEXt("playpress", ascii(RECIPE)), iTXt("playpress", text, false), iTXt("playpress", text, true)]) {
    assert.deepEqual(await read(png(tEXt("Software", "someone's"), carrier)), RECIPE);
  }
});

test("a picture without one, a broken one and no picture give none", async () => {
  for (const bytes of [png(), png(tEXt("playpress", "{")), png(tEXt("playpress", "[1]")), png(chunk("tEXt", Buffer.from("no end"))), new Uint8Array(3), new TextEncoder().encode("GIF89a and more")]) {
    assert.equal(await read(bytes), null);
  }
  const cut = png(tEXt("playpress", ascii(RECIPE)));
  for (let length = 0; length < 60; length += 1) assert.equal(await read(cut.subarray(0, length)), null, `${length} bytes of it`);
});

test("an address carries what was changed, and reads back the same", () => {
  const changes = { style: "ink wash & more", steps: 80, strength: 0.25, once: false, content: null };
  const back = Object.fromEntries(new URLSearchParams(query(changes)));
  assert.deepEqual(back, { style: "ink wash & more", steps: "80", strength: "0.25", once: "false" });
  assert.equal(query({}), "");
});
