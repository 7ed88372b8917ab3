// The preview beside the text: drawn by the server's own renderer, a moment after the last key.

import { parsed } from "./markup.js";

const MOMENT = 300;

export function watch(form, pane) {
  const text = pane.querySelector("[data-preview-text]");
  const warnings = pane.querySelector("[data-warnings]");
  let timer = 0;
  let running = new AbortController();

  form.elements.source.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(draw, MOMENT);
  });
  draw();

  async function draw() {
    running.abort();
    running = new AbortController();
    const body = new FormData();
    for (const name of ["token", "source"]) body.set(name, form.elements[name].value);
    try {
      const response = await fetch(form.dataset.preview, { method: "POST", body, headers: { Accept: "application/json" }, signal: running.signal });
      if (response.ok) show(await response.json());
      else warn([(await response.json()).error]);
    } catch (error) {
      if (error.name !== "AbortError") warn(["The preview cannot be reached just now."]);
    }
  }

  function show(rendered) {
    text.replaceChildren(...parsed(rendered.html).body.childNodes); // sanitised by the renderer, as on the page itself
    for (const bench of text.querySelectorAll(".bench")) bench.inert = true;
    warn(rendered.warnings.map((warning) => `Line ${warning.line}: ${warning.sentence}`));
  }

  function warn(sentences) {
    warnings.hidden = sentences.length === 0;
    warnings.replaceChildren(...sentences.map((sentence) => Object.assign(document.createElement("li"), { textContent: sentence })));
  }
}
