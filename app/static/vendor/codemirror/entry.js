// What the editor takes of CodeMirror 6, as one file. `npm ci && npm run build` here writes ../codemirror.js.
import { StyleModule } from "style-mod";

export { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
export { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
export { markdown, markdownKeymap, markdownLanguage } from "@codemirror/lang-markdown";
export { highlightSelectionMatches, openSearchPanel, search, searchKeymap } from "@codemirror/search";
export { Compartment, EditorSelection, EditorState, RangeSet, StateEffect, StateField, Transaction } from "@codemirror/state";
export { drawSelection, EditorView, gutter, GutterMarker, keymap, placeholder } from "@codemirror/view";
export { tags } from "@lezer/highlight";

// CodeMirror writes its styles into a <style> element, which our Content-Security-Policy forbids; a constructed sheet
// is allowed. It stands in the layer `base`, so that what our own sheets say of an editor comes after it.
const sheet = new CSSStyleSheet();
const mounted = new Set();

StyleModule.mount = (root, modules) => {
  for (const module of [modules].flat()) mounted.add(module);
  sheet.replaceSync(`@layer base {\n${[...mounted].map((module) => module.getRules()).join("\n")}\n}`);
  const page = root.ownerDocument ?? root;
  if (!page.adoptedStyleSheets.includes(sheet)) page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
};
