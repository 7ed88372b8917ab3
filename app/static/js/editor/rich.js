// The text in CodeMirror, over the plain field, which stays the form's and holds the same text at any moment.
// @ts-check

/** @typedef {import("./plain.js").Writing} Writing */

/**
 * CodeMirror's module, checked by its hash before it may run. Throws where it does not come whole.
 *
 * @param {string} address
 * @param {string} integrity
 */
export async function fetched(address, integrity) {
  const link = Object.assign(document.createElement("link"), { rel: "modulepreload", href: address, integrity });
  await new Promise((resolve, reject) => {
    link.onload = resolve;
    link.onerror = () => reject(new Error("CodeMirror did not come as it was made."));
    document.head.append(link);
  });
  return import(new URL(address, document.baseURI).href);
}

/** @implements {Writing} */
export class Rich {
  /**
   * @param {HTMLTextAreaElement} area
   * @param {any} cm
   * @param {HTMLElement} label
   */
  constructor(area, cm, label) {
    Object.assign(this, { area, cm });
    this.setWarnings = cm.StateEffect.define();
    this.view = new cm.EditorView({ doc: area.value, extensions: this.#extensions(label) });
    area.before(this.view.dom);
    area.hidden = true;
  }

  /** Leaves the plain field in its place, with the cursor where it was. */
  close() {
    const [from, to] = this.selection;
    const had = this.view.hasFocus;
    this.view.destroy();
    this.area.hidden = false;
    this.area.setSelectionRange(from, to);
    if (had) this.area.focus();
  }

  get text() { return this.view.state.doc.toString(); }

  get selection() {
    const { from, to } = this.view.state.selection.main;
    return /** @type {[number, number]} */ ([from, to]);
  }

  change(from, to, words, select) {
    const [anchor, head] = select ?? [from + words.length, from + words.length];
    this.view.dispatch({
      changes: { from, to, insert: words },
      selection: { anchor, head },
      annotations: this.cm.isolateHistory.of("full"),
      scrollIntoView: true,
    });
  }

  goTo(line) {
    const { from } = this.view.state.doc.line(Math.min(line, this.view.state.doc.lines));
    this.view.dispatch({ selection: { anchor: from }, effects: this.cm.EditorView.scrollIntoView(from, { y: "center" }) });
    this.view.focus();
  }

  topLine() {
    const above = Math.max(0, -this.view.documentTop);
    const block = this.view.lineBlockAtHeight(above);
    const part = Math.max(0, Math.min(1, (above - block.top) / (block.height || 1)));
    return this.view.state.doc.lineAt(block.from).number + part;
  }

  scrollTo(line) {
    const { doc } = this.view.state;
    const block = this.view.lineBlockAt(doc.line(Math.max(1, Math.min(Math.floor(line), doc.lines))).from);
    window.scrollTo({ top: window.scrollY + this.view.documentTop + block.top + block.height * (line % 1) });
  }

  mark(warnings) {
    const { lines } = this.view.state.doc;
    this.view.dispatch({ effects: this.setWarnings.of(warnings.filter(({ line }) => line <= lines)) });
  }

  focus() { this.view.focus(); }

  separate() { this.view.dispatch({ annotations: this.cm.isolateHistory.of("full") }); }

  #extensions(label) {
    const { cm } = this;
    return [
      cm.history(),
      cm.EditorView.lineWrapping,
      cm.markdown({ base: cm.markdownLanguage, completeHTMLTags: false, pasteURLAsLink: false }),
      cm.syntaxHighlighting(cm.HighlightStyle.define(colours(cm.tags))),
      cm.search({ top: true }),
      cm.highlightSelectionMatches(),
      cm.keymap.of([...cm.defaultKeymap, ...cm.historyKeymap, ...cm.searchKeymap]),
      this.#gutter(),
      cm.EditorView.contentAttributes.of({
        "aria-labelledby": label.id,
        "aria-describedby": this.area.getAttribute("aria-describedby") ?? "",
        lang: this.area.lang,
        spellcheck: "true",
        autocorrect: "on",
        autocapitalize: "sentences",
      }),
      cm.EditorView.updateListener.of((update) => update.docChanged && this.#pass()),
    ];
  }

  #pass() {
    this.area.value = this.text;
    this.area.dispatchEvent(new Event("input", { bubbles: true }));
  }

  // A mark beside each line with something to mend; the sentences stand in the list, for every reader.
  #gutter() {
    const { cm, setWarnings } = this;
    class Mark extends cm.GutterMarker {
      constructor(sentence) { super(); this.sentence = sentence; }
      eq(other) { return other.sentence === this.sentence; }
      toDOM() { return Object.assign(document.createElement("span"), { className: "warned", title: this.sentence, textContent: "!" }); }
    }
    const marks = cm.StateField.define({
      create: () => cm.RangeSet.empty,
      update: (set, { changes, effects, state }) => effects.filter((effect) => effect.is(setWarnings)).reduce(
        (_, { value }) => cm.RangeSet.of(byLine(value).map(([line, words]) => new Mark(words).range(state.doc.line(line).from))),
        set.map(changes),
      ),
    });
    return [marks, cm.gutter({ class: "warned-lines", markers: (view) => view.state.field(marks) })];
  }
}

function byLine(warnings) {
  const lines = new Map();
  for (const { line, sentence } of warnings) lines.set(line, lines.has(line) ? `${lines.get(line)} ${sentence}` : sentence);
  return [...lines].sort(([one], [other]) => one - other);
}

// Names of classes; which colour each one has is said where all colours are.
function colours(tags) {
  return [
    { tag: tags.heading, class: "t-heading" },
    { tag: tags.strong, class: "t-strong" },
    { tag: tags.emphasis, class: "t-emphasis" },
    { tag: tags.strikethrough, class: "t-struck" },
    { tag: [tags.link, tags.url], class: "t-link" },
    { tag: tags.monospace, class: "t-code" },
    { tag: tags.quote, class: "t-quote" },
    { tag: [tags.processingInstruction, tags.contentSeparator, tags.labelName], class: "t-sign" },
    { tag: [tags.comment, tags.tagName, tags.angleBracket, tags.attributeName, tags.attributeValue], class: "t-aside" },
  ];
}
