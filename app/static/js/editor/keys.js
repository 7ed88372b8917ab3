// Keyboard shortcuts. The table in the help dialog is the list of them: its rows say the keys and what they do.
// @ts-check

/**
 * @param {HTMLElement} root the editor
 * @param {Record<string, () => boolean | void>} does by the name in the table; one that gives false leaves the key to others
 */
export function listen(root, does) {
  const rows = [...root.querySelectorAll("[data-keys]")].flatMap((row) =>
    row.dataset.keys.split(" ").map((keys) => [keys, row.dataset.does, "outside" in row.dataset]));
  document.addEventListener("keydown", (event) => {
    const keys = pressed(event);
    const found = rows.find(([wanted, , outside]) => wanted === keys && !(outside && isText(event)));
    if (!found || event.isComposing || (document.querySelector("dialog[open]") && found[1] !== "help")) return;
    if (does[found[1]]() === false) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
}

function pressed(event) {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return [mod && "mod", event.altKey && "alt", event.shiftKey && key !== "?" && "shift", key].filter(Boolean).join("+");
}

// The editor's field lies in no shadow, but a key may come from within a control of a component.
function isText(event) {
  const [target] = event.composedPath();
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=radio], [type=checkbox]), textarea, select"));
}
