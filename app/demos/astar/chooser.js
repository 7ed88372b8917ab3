// The heuristic chosen by its name; the line of text is for formulas.
// @ts-check

export function equip(desk) {
  const { bench } = desk;
  const { fields } = bench;
  const select = bench.find("estimates");
  const show = () => {
    const value = fields.value("heuristic") ?? "";
    const named = [...select.options].some((option) => option.value === value && value);
    if (named || value) select.value = named ? value : "";
    bench.find("estimate").toggleAttribute("data-named", named);
  };
  select.addEventListener("change", () => fields.set("heuristic", select.value || "1.5 * octile"));
  bench.addEventListener("values", show);
  show();
  desk.understand(fields.value("heuristic"));
}
