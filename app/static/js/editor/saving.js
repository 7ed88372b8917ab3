// Saving the post, and what may stand in the way: another text, a session that ran out, a post that is gone.
// @ts-check

import { choose, close } from "./choice.js";
import { clock, fill, same, written } from "./form.js";
import { signIn } from "./signing.js";

export class Saving {
  #busy = false;

  /**
   * @param {HTMLElement} root
   * @param {HTMLFormElement} form
   * @param {{field: any, keeper: any, tabs: any, onSaved: (body: any) => void}} parts
   */
  constructor(root, form, parts) {
    Object.assign(this, { root, form }, parts);
    this.state = root.querySelector("[data-state]");
    this.place = root.querySelector("[data-choice]");
    this.dialog = root.querySelector("[data-sign-in]");
  }

  say(words, tone = "") {
    this.state.textContent = words;
    this.state.dataset.tone = tone;
  }

  /** Saves what is written, with the state that the button stands for. @param {HTMLButtonElement | null} [button] */
  async save(button) {
    if (this.#busy) return;
    this.#busy = true;
    this.say("Saving…");
    this.field.writing.separate();
    await this.keeper.stop();
    const body = new FormData(this.form);
    if (button?.name) body.set(button.name, button.value);
    const sent = { ...written(this.form), ...(button?.name ? { [button.name]: button.value } : {}) };
    let go = true;
    try {
      const response = await fetch(this.form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      go = this.#answer(response.status, await response.json(), sent, button);
    } catch {
      this.say("Not saved: the server cannot be reached. Your text is still here; try again.", "bad");
    } finally {
      this.#busy = false;
      if (go) this.keeper.go();
    }
  }

  /** In place; true where the page is signed in again. */
  async signIn() {
    const token = await signIn(this.dialog);
    if (!token) {
      this.signedOut();
      return false;
    }
    for (const field of document.querySelectorAll("input[name=token]")) field.value = token;
    close(this.place);
    this.say("");
    return true;
  }

  /** Said, not asked: a dialog in the middle of a sentence would take the next words for a password. */
  signedOut() {
    this.say("You are signed out. What you write is kept in this browser.", "bad");
    choose(this.place, {
      heading: "You are signed out",
      words: "Sign in here, and go on where you are.",
      ways: [["Sign in", async () => { if (await this.signIn()) this.keeper.go(); }]],
    });
  }

  /** Two texts of one post; `again` is what was tried. */
  conflict(body, again) {
    const mine = written(this.form);
    const elements = this.form.elements;
    const seen = () => Object.assign(elements.version, { value: body.version }) && Object.assign(elements.rev, { value: body.rev ?? 0 });
    const saved = String(body.version) !== elements.version.value;
    const before = elements.version.value;
    if (same(body.theirs, mine)) { // an answer of ours that did not come, or the same keys in two tabs
      seen();
      if (saved) this.keeper.settle(mine, before);
      return this.keeper.go();
    }
    this.say(body.error, "bad");
    choose(this.place, {
      heading: saved ? "This post was saved elsewhere" : "Another tab has typed on",
      words: "Both texts are here, and neither is lost. Yours is in the editor; choose which one goes on.",
      mine,
      theirs: body.theirs,
      ways: [
        ["Go on with mine", () => { seen(); this.keeper.go(); again(); }],
        ["Take the other", () => { seen(); this.#take(body.theirs, saved, before); }],
      ],
      links: [["The other, in a new tab", this.form.action], ["Revisions", `${this.form.action}/revisions`]],
    });
  }

  #take(theirs, saved, before) {
    fill(this.form, theirs, (text) => this.field.take(text));
    const now = written(this.form);
    if (saved) this.keeper.settle(now, before);
    else this.keeper.safe = now;
    this.keeper.go();
    this.say(saved ? "This is the text that was saved elsewhere; undo brings yours back." : "This is the other tab’s text; undo brings yours back.");
  }

  /** Whether keeping may go on. */
  #answer(status, body, sent, button) {
    complain(this.root, body.problems ?? {});
    if (status === 200 || status === 201) return this.#done(body, sent);
    this.say(`Not saved: ${body.error}`, "bad");
    if (status === 401) {
      this.signIn().then((signedIn) => signedIn && this.save(button));
      return false;
    }
    if (status !== 409) return true;
    if (body.version) this.conflict(body, () => this.save(button));
    else this.#gone();
    return false;
  }

  #gone() {
    choose(this.place, {
      heading: "This post was deleted meanwhile",
      words: "Your text is still here. Saving makes a new post of it.",
      ways: [["Save it as a new post", () => {
        this.form.action = this.root.dataset.create;
        Object.assign(this.form.elements.version, { value: "0" });
        this.save();
      }]],
    });
  }

  #done(body, sent) {
    const { version, rev, copy, slug, published_at: date, status } = this.form.elements;
    const before = version.value;
    Object.assign(sent, { slug: sent.slug || body.slug, published_at: sent.published_at || body.published_at || "" });
    version.value = body.version;
    rev.value = "0";
    copy.value = "";
    slug.value ||= body.slug;
    date.value ||= body.published_at ?? "";
    status.value = sent.status;
    close(this.place);
    this.keeper.settle(sent, before);
    this.root.dataset.state = body.public_url ? "published" : sent.status === "published" ? "scheduled" : "draft";
    this.onSaved(body);
    this.tabs.saved(body.version);
    const time = clock(body.saved_at);
    this.say(this.keeper.dirty ? `Saved ${time}, and changed since` : `Saved ${time}`, "good");
    return true;
  }
}

/** A sentence beside each wrong field; the first one is where one goes on. */
function complain(root, problems) {
  for (const place of root.querySelectorAll("[data-problem]")) {
    const sentence = problems[place.dataset.problem] ?? "";
    place.textContent = sentence;
    for (const field of root.querySelectorAll(`[name="${place.dataset.problem}"]`)) field.ariaInvalid = sentence ? "true" : null;
  }
  const first = Object.keys(problems)[0];
  const field = first && root.querySelector(`[name="${first}"]`);
  if (!field) return;
  field.closest("details")?.setAttribute("open", "");
  field.focus();
}
