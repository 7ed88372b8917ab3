// A place where pictures can be dropped, or pasted.
// @ts-check

/** Lets pictures be dropped on `place`, or pasted while the pointer or the focus is in `home`. */
export function takesPictures(place, home, give) {
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const over = (change) => {
    depth = Math.max(0, change === 0 ? 0 : depth + change);
    place.toggleAttribute("data-over", depth > 0);
  };
  place.addEventListener("dragenter", (event) => carries(event) && over(1));
  place.addEventListener("dragleave", (event) => carries(event) && over(-1));
  place.addEventListener("dragover", (event) => carries(event) && event.preventDefault());
  place.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    over(0);
    if (event.dataTransfer.files[0]) give(event.dataTransfer.files[0]);
  });
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find(({ type }) => type.startsWith("image/"));
    if (file && (home.matches(":hover") || home.contains(document.activeElement))) give(file);
  });
}
