// Did you mean …? The measure of distance comes from outside: the core holds no algorithm package.
import { keysUnder, settingPaths } from './config-keys.ts';

/** How many edits lie between two words. */
export type WordDistance = (a: string, b: string) => number;

const sameWord: WordDistance = (a, b) => (a === b ? 0 : Number.POSITIVE_INFINITY);

/** The candidate nearest to the word, if it is near enough to be a slip of the same word. */
export function pickNearest(
  word: string,
  candidates: readonly string[],
  distance: WordDistance = sameWord,
): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, edits: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, edits }) => edits <= Math.ceil(Math.min(word.length, candidate.length) / 3))
    .sort((a, b) => a.edits - b.edits);
  return ranked[0]?.candidate;
}

/** A known key path for an unknown one: a slip of the pen first, then the right key in the wrong place. */
export function suggestKeyPath(path: readonly string[], distance?: WordDistance): string | undefined {
  const parent = path.slice(0, -1);
  const key = path.at(-1) ?? '';
  const sibling = pickNearest(key, keysUnder(parent), distance);
  // The key is known, to a rule of another action: there is nothing that it should be instead.
  if (sibling === key) return undefined;
  if (sibling !== undefined) return [...parent, sibling].join('.');
  return settingPaths()
    .find((known) => known.at(-1)?.toLowerCase() === key.toLowerCase())
    ?.join('.');
}
