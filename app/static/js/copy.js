// A button on every piece of code that takes the code along.
// @ts-check

const SAID_FOR = 2000;
const said = document.createElement("output"); // a live region: what is written here is read out
said.className = "visually-hidden";
document.body.append(said);

for (const pre of document.querySelectorAll(".highlight > pre")) {
  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "bare copy", textContent: "Copy" });
  button.addEventListener("click", async () => {
    const copied = await navigator.clipboard?.writeText(pre.textContent ?? "").then(() => true, () => false);
    if (!copied) getSelection()?.selectAllChildren(pre);
    said.textContent = button.textContent = copied ? "Copied" : "Selected";
    setTimeout(() => { button.textContent = "Copy"; said.textContent = ""; }, SAID_FOR);
  });
  pre.before(button);
}
