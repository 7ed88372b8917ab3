// The sentences of habit cards, and a day's scorecard in numbers.
// @ts-check

const PLACED = /^(at|in|on|under|by|beside|before|near|next to|behind|outside|inside|from)\b/i;
const MARKS = { "+": "good", "-": "bad", "=": "neutral" };

const bare = (text, opening) => {
  const short = text.replace(/\s+/g, " ").trim().replace(/[.,;! ]+$/, "");
  return opening ? short.replace(new RegExp(`^${opening}( |$)`, "i"), "") : short;
};

/** “After I …, I will … at ….” Throws a sentence if either half is empty. */
export function stacked(after, act, where = "") {
  const trigger = bare(bare(after, "(after|when|once|as soon as)"), "I");
  const action = bare(bare(act, "(then )?I will"), "I");
  if (!trigger || !action) throw new Error("Say both: after what you already do, and what you will do.");
  return `After I ${trigger}, I will ${placed(action, where, "at")}.`;
}

/** “I will … at … in ….” Throws a sentence unless all three are given. */
export function intended(act, time, where) {
  const action = bare(bare(act, "I will"), "I");
  const moment = bare(time, "at");
  if (!action || !moment || !where.trim()) throw new Error("Say what, when and where.");
  return `I will ${action} at ${placed(moment, where, "in")}.`;
}

/** @param {[string, string][]} marks habits, each with +, − or = */
export function scorecard(marks) {
  const count = { good: 0, bad: 0, neutral: 0 };
  for (const [, mark] of marks) count[MARKS[mark.replace("−", "-")]] += 1;
  return { ...count, balance: count.good - count.bad };
}

function placed(action, where, preposition) {
  const place = bare(where, "");
  if (!place) return action;
  return `${action} ${PLACED.test(place) ? place : `${preposition} ${place}`}`;
}
