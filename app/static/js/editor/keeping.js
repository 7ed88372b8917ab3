// What is typed is kept: in this browser at once, and beside the post on the server a moment after the last key.
// @ts-check

import { Local } from "./local.js";
import { same, written } from "./form.js";

const LOCAL_MOMENT = 250;
const MOMENT = 1500;
const AGAIN = 5000; // after a server that could not be reached
const MOST_AT_THE_DOOR = 60_000; // bytes that a browser sends of a page that is going

/**
 * @typedef {object} Told what becomes of it
 * @property {(at: string) => void} kept the server has what is written
 * @property {(body: any) => void} conflict somebody else's text stands in the way; nothing is sent until `go`
 * @property {() => void} signedOut
 * @property {(words: string) => void} lost the server does not have it; this browser does, if it can
 */

export class Keeper {
  #timer = 0;
  #localTimer = 0;
  /** @type {Promise<void> | null} */
  #flight = null;
  #stopped = false;

  /**
   * @param {HTMLFormElement} form
   * @param {Local} local
   * @param {Told} told
   */
  constructor(form, local, told) {
    Object.assign(this, { form, local, told });
    this.safe = written(form); // what the server has, beside the post or in it
    this.saved = this.safe; // what the post is
    document.addEventListener("visibilitychange", () => document.hidden && this.leave());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("online", () => this.keep());
  }

  get dirty() { return !same(this.safe, written(this.form)); }

  get unsaved() { return !same(this.saved, written(this.form)); }

  /** Something of this page is on its way to the server, or waits for its author. */
  get busy() { return this.#stopped || this.#flight !== null; }

  /** A key was pressed. */
  changed() {
    clearTimeout(this.#localTimer);
    this.#localTimer = setTimeout(() => this.#here(), LOCAL_MOMENT);
    this.#later(MOMENT);
  }

  /** Sends what the server does not have; one request at a time. */
  async keep() {
    clearTimeout(this.#timer);
    if (this.#flight) await this.#flight;
    if (this.#stopped || !this.dirty) return;
    this.#flight = this.#send().finally(() => { this.#flight = null; });
    await this.#flight;
  }

  /** The page may go at any moment, and not come back. */
  leave() {
    this.#here();
    if (this.#stopped || this.#flight || !this.dirty) return;
    const small = new TextEncoder().encode(JSON.stringify(written(this.form))).length < MOST_AT_THE_DOOR;
    if (small) this.#flight = this.#send(true).finally(() => { this.#flight = null; });
  }

  /** Nothing is kept while the post itself is saved, or until its author has chosen. */
  async stop() {
    this.#stopped = true;
    clearTimeout(this.#timer);
    await this.#flight;
  }

  go() {
    this.#stopped = false;
    if (this.dirty) this.#later(MOMENT);
  }

  /** The post is `fields` now, on the server. @param {string} version the one it was typed on */
  settle(fields, version) {
    this.safe = this.saved = fields;
    this.local.forget(version);
    if (this.dirty) this.#here();
  }

  #later(milliseconds) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), milliseconds);
  }

  #here() {
    clearTimeout(this.#localTimer);
    if (this.dirty) this.local.write(this.form.elements.version.value, written(this.form));
  }

  async #send(keepalive = false) {
    const sent = written(this.form);
    const version = this.form.elements.version.value;
    try {
      const body = new FormData(this.form);
      const response = await fetch(address(this.form), { method: "POST", body, keepalive, headers: { Accept: "application/json" } });
      this.#answer(response.status, await response.json(), sent, version);
    } catch {
      this.#failed("the server cannot be reached");
      this.#later(AGAIN);
    }
  }

  #answer(status, body, sent, version) {
    if (status === 200) return this.#kept(body, sent, version);
    if (status === 409) {
      this.#stopped = true;
      return this.told.conflict(body);
    }
    if (status === 401) {
      this.#stopped = true;
      return this.told.signedOut();
    }
    this.#failed(body.error ?? "the server did not take it");
    if (status >= 500) this.#later(AGAIN);
  }

  #kept({ rev, copy, kept_at: at }, sent, version) {
    this.form.elements.rev.value = rev;
    this.form.elements.copy.value = copy;
    this.safe = sent;
    if (this.dirty) return this.#later(MOMENT);
    this.local.forget(version);
    this.told.kept(at);
  }

  #failed(why) {
    this.#here();
    this.told.lost(this.local.broken ? `Not kept: ${why}, and this browser keeps nothing. Copy your text.` : `Kept in this browser only: ${why}.`);
  }
}

/** Where a copy is kept: beside its post, or, where there is none yet, by itself. */
function address(form) {
  const { pathname } = new URL(form.action);
  return /\/posts\/\d+$/.test(pathname) ? `${pathname}/copy` : pathname.replace(/\/posts$/, "/copies");
}
