// @ts-check
// “Copy mine”: a text into the clipboard, where the browser lets a page do that. Without it the text is copied by hand.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll("[data-copy-text]"))) {
  const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(button.dataset.copyText ?? ""));
  if (!text || !navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(text.value);
    button.textContent = "Copied";
  });
}
