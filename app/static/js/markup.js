// The one door for HTML: what this server drew. Browsers hold every script to it (Trusted Types).
// @ts-check

const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("server", { createHTML: (html) => html });

/** A document. @param {string} html */
export const parsed = (html) => new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html");
