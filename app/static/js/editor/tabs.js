// Other tabs of this browser that have the same post open: told at once, not only when one of them saves.
// @ts-check

/**
 * @param {string} post its id; empty for a text that is none yet
 * @param {{open: () => void, saved: (version: number) => void}} told
 */
export function meet(post, told) {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("playpress:editor") : null;
  let mine = post;
  channel?.addEventListener("message", ({ data }) => {
    if (!mine || data.post !== mine) return;
    if (data.kind === "here") {
      channel.postMessage({ kind: "too", post: mine });
      told.open();
    }
    if (data.kind === "too") told.open();
    if (data.kind === "saved") told.saved(data.version);
  });
  const say = (kind, more = {}) => { if (mine) channel?.postMessage({ kind, post: mine, ...more }); };
  say("here");
  return {
    saved: (version) => say("saved", { version }),
    /** A new text has become a post. */
    become: (id) => {
      if (id === mine) return;
      mine = id;
      say("here");
    },
  };
}
