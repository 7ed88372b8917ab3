// The quiz’s questions: which of four drawings belongs to nine crops, and which nine crops to a drawing. Knows no page.
// @ts-check

export const ROUNDS = 10;
const OPTIONS = 4;
const ENOUGH = 6; // crops that a channel needs to be asked about

/**
 * @typedef {{kind: "drawing" | "crops", answer: number, options: number[]}} Round what is looked for among the options
 * @param {{channels: number, tops: any[][], dead: number[], duplicates: [number, number, number][]}} sheet
 * @param {() => number} random from 0 to below 1 @returns {Round[]} none where too few channels can be told apart
 */
export function rounds({ channels, tops, dead, duplicates }, random, count = ROUNDS) {
  const alike = new Map(Array.from({ length: channels }, (_, channel) => [channel, new Set([channel])]));
  for (const [a, b] of duplicates) {
    alike.get(a)?.add(b);
    alike.get(b)?.add(a);
  }
  const fit = Array.from(alike.keys()).filter((channel) => !dead.includes(channel) && tops[channel]?.length >= ENOUGH);
  if (fit.length < 2 * OPTIONS) return [];
  return shuffled(fit, random)
    .slice(0, count)
    .map((answer, i) => {
      const others = shuffled(
        fit.filter((channel) => !alike.get(answer)?.has(channel)),
        random,
      ).slice(0, OPTIONS - 1);
      return { kind: i % 2 ? "crops" : "drawing", answer, options: shuffled([answer, ...others], random) };
    });
}

/**
 * A list in another order, each as likely as the others (Fisher and Yates).
 * @template T
 * @param {T[]} list
 * @returns {T[]}
 */
export function shuffled(list, random) {
  const made = [...list];
  for (let i = made.length - 1; i > 0; i -= 1) {
    const j = Math.floor(random() * (i + 1));
    [made[i], made[j]] = [made[j], made[i]];
  }
  return made;
}
