// Pictures that are pasted or dropped into the text: taken in at once, and then asked what they show.
// @ts-check

/** @typedef {import("./plain.js").Writing} Writing */

const TYPES = /^image\/(?:png|jpeg|webp|gif|svg\+xml|avif)$/;

export class Pictures {
  #number = 0;
  /** @type {Map<string, string>} empty lines that a place has brought before it */
  #heads = new Map();
  /** @type {Promise<void>} */
  #asking = Promise.resolve();

  /**
   * @param {HTMLFormElement} form
   * @param {() => Writing} writing
   * @param {HTMLDialogElement} dialog asks for the alt text
   * @param {{say: (words: string, tone?: string) => void, address: string, signedOut: () => Promise<boolean>}} told
   */
  constructor(form, writing, dialog, told) {
    Object.assign(this, { form, writing, dialog, told });
  }

  /** Takes pictures out of what is pasted or dropped. @param {HTMLElement} place */
  watch(place) {
    place.addEventListener("dragover", (event) => { if (event.dataTransfer?.types.includes("Files")) event.preventDefault(); });
    for (const [kind, of] of [["drop", "dataTransfer"], ["paste", "clipboardData"]]) {
      place.addEventListener(kind, (event) => {
        const files = [...(event[of]?.files ?? [])];
        if (!files.length || event[of].types.includes("text/plain")) return;
        event.preventDefault();
        event.stopPropagation();
        this.take(files);
      }, true);
    }
  }

  /** Each gets its place in the text at once, in order. @param {File[]} files */
  async take(files) {
    const places = files.map((file) => this.#begin(file));
    await Promise.all(files.map((file, index) => this.#send(file, places[index])));
  }

  #begin(file) {
    const place = `![Taking in ${plain(file.name)}, ${this.#number += 1}…]()`;
    const [from, to] = this.writing().selection;
    const before = this.writing().text.slice(0, from);
    const head = before === "" || before.endsWith("\n") ? "" : "\n\n";
    this.writing().change(from, to, `${head}${place}\n\n`);
    this.#heads.set(place, head);
    return place;
  }

  async #send(file, place) {
    if (!TYPES.test(file.type)) return this.#refuse(place, file, "it is no picture that a page can show");
    const body = new FormData();
    body.set("token", this.form.elements.token.value);
    body.set("picture", file, file.name || "picture.png");
    try {
      const response = await fetch(this.told.address, { method: "POST", body, headers: { Accept: "application/json" } });
      const answer = await response.json();
      if (response.status === 201) return await this.#taken(place, file, answer);
      if (response.status === 401 && await this.told.signedOut()) return await this.#send(file, place);
      this.#refuse(place, file, answer.problems?.file ?? answer.error ?? "the server did not take it");
    } catch {
      this.#refuse(place, file, "the server cannot be reached");
    }
  }

  async #taken(place, file, { markdown, alt }) {
    const [, address] = /\]\((.*)\)\s*$/s.exec(markdown) ?? [null, markdown];
    this.#instead(place, `![${alt ?? ""}](${address})`);
    if (alt) return;
    this.#asking = this.#asking.then(() => this.#ask(file, address)); // one question at a time
    await this.#asking;
  }

  async #ask(file, address) {
    const words = await asked(this.dialog, file);
    if (words) this.#instead(`![](${address})`, `![${words.replace(/[[\]]/g, (sign) => `\\${sign}`)}](${address})`);
    this.writing().focus();
  }

  #refuse(place, file, why) {
    this.#instead(place, "", true);
    this.told.say(`${file.name || "The picture"} is not taken in: ${String(why).replace(/\.$/, "")}.`, "bad");
  }

  // Its author may have written on, or taken the place away; then nothing is put there.
  #instead(place, words, whole = false) {
    const writing = this.writing();
    const found = writing.text.indexOf(place);
    if (found < 0) return;
    const before = whole ? this.#heads.get(place) ?? "" : "";
    const from = writing.text.slice(0, found).endsWith(before) ? found - before.length : found;
    const rest = whole ? writing.text.slice(found + place.length).match(/^\n{0,2}/)[0].length : 0;
    const to = found + place.length + rest;
    const moved = (at) => (at <= from ? at : at >= to ? at + words.length - (to - from) : from + words.length);
    const [anchor, head] = writing.selection;
    writing.change(from, to, words, [moved(anchor), moved(head)]);
  }
}

/** What a picture shows, in its author's words; empty where that is left for later. */
function asked(dialog, file) {
  const image = dialog.querySelector("img");
  const field = dialog.querySelector("textarea");
  const url = URL.createObjectURL(file);
  Object.assign(image, { src: url, alt: `The picture ${file.name}` });
  field.value = "";
  dialog.showModal();
  field.focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      URL.revokeObjectURL(url);
      resolve(dialog.returnValue === "put" ? field.value.replace(/\s+/g, " ").trim() : "");
      dialog.returnValue = "";
    }, { once: true });
  });
}

const plain = (name) => (name || "picture").replace(/[[\]\n()]/g, " ");
