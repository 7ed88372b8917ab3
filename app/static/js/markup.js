// The one door through which HTML becomes elements: what this site's own server has drawn. Browsers hold every script to
// it (Trusted Types), so that no text that a reader or another site wrote can come in as HTML.
// @ts-check

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("server", { createHTML: (html) => html });

/** HTML that the server has drawn, as a document. @param {string} html */
export const parsed = (html) => new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
