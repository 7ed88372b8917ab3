// The text in this browser, from the first key until the server says that it has that very text.
// @ts-check

const PREFIX = "playpress:text:";
const KEPT_DAYS = 30;

/** @typedef {{key: string, at: number, version: string, fields: Record<string, string>}} Entry */

/** The texts of one post, or of one that is not one yet, by the version that they were typed on. */
export class Local {
  /** @param {string} post its id, or “new” with something that only this page has */
  constructor(post) {
    this.post = post;
    this.broken = false;
  }

  /** Keeps a text. A browser that cannot is no reason to stop writing, but is told of. */
  write(version, fields) {
    try {
      localStorage.setItem(this.#key(version), JSON.stringify({ at: Date.now(), version, fields }));
      this.broken = false;
    } catch {
      this.broken = true;
    }
  }

  /** Forgets what was typed on a version: the server has it. */
  forget(version) {
    drop(this.#key(version));
  }

  #key(version) { return `${PREFIX}${this.post}:${version}`; }
}

/**
 * What this browser has of a post, the last typed first; of new texts those of every page.
 *
 * @param {string} post its id, or “new”
 * @returns {Entry[]}
 */
export function found(post) {
  const start = `${PREFIX}${post}${post === "new" ? "-" : ":"}`;
  return keys().filter((key) => key.startsWith(start)).map(read).filter((entry) => entry !== null)
    .sort((one, other) => other.at - one.at);
}

/** @param {string} key */
export function drop(key) {
  try {
    localStorage.removeItem(key);
  } catch { /* then there is none */ }
}

/** Takes away what nobody has come back for. */
export function sweep(now = Date.now()) {
  for (const key of keys().filter((key) => key.startsWith(PREFIX))) {
    if (now - (read(key)?.at ?? 0) > KEPT_DAYS * 86_400_000) drop(key);
  }
}

/** @returns {Entry | null} */
function read(key) {
  try {
    const entry = JSON.parse(localStorage.getItem(key) ?? "null");
    return entry && typeof entry.at === "number" && entry.fields instanceof Object ? { key, ...entry } : null;
  } catch {
    return null;
  }
}

function keys() {
  try {
    return Object.keys(localStorage);
  } catch {
    return [];
  }
}
