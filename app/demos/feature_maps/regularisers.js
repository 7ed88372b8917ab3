// The switches of a method: a method that is chosen sets them, and a switch that is touched makes the method one’s own.
// @ts-check

/** @param {import("/static/js/fields.js").Fields} fields @param {Record<string, Record<string, boolean>>} methods what each switches on */
export function regularisers(fields, methods) {
  const switches = Object.keys(Object.values(methods)[0] ?? {});
  let setting = false;

  /** Shows what the chosen method does. */
  function show() {
    const on = methods[fields.value("method")];
    if (!on || setting || switches.every((name) => fields.value(name) === on[name])) return;
    setting = true;
    fields.fill(on);
    setting = false;
  }

  return {
    show,
    changed(name) {
      if (switches.includes(name) && methods[fields.value("method")]) fields.set("method", "own");
    },
  };
}
