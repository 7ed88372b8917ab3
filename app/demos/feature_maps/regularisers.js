// The switches of a method: a method that is chosen sets them, and a switch that is touched makes the method one’s own.
// @ts-check

/**
 * @param {import("/static/js/fields.js").Fields} fields
 * @param {Record<string, Record<string, boolean>>} methods what each switches on
 */
export function regularisers(fields, methods) {
  const switches = Object.keys(Object.values(methods)[0] ?? {});
  let shown = null;

  return {
    /** Shows what a method does that was not chosen before. */
    show() {
      const method = fields.value("method");
      if (method === shown) return; // a switch is touched before its method is one’s own
      shown = method;
      if (methods[method]) fields.fill(methods[method]);
    },
    changed(name) {
      if (switches.includes(name) && methods[fields.value("method")]) fields.set("method", "own");
    },
  };
}
