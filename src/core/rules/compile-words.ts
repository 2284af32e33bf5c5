// Lists of words in conditions: one of them must fit, and none that has a `!` in front.
import { parseAgentName } from '../agents/agent-name.ts';
import { canonicalAgentName } from '../agents/resolve-agent.ts';
import type { CallFacts } from './call-facts.ts';
import { fitsPattern } from './fits-pattern.ts';

type Check<T> = (value: T) => boolean;

export function compileWords(words: readonly string[]): Check<string> {
  return compileWith(words, (word) =>
    word.includes('*') ? (text) => fitsPattern(word, text) : (text) => text === word,
  );
}

/** A file fits as a whole, or by its end: `*.sql`, `auth/login.ts`, `src/auth/*`. */
export function compileFiles(words: readonly string[]): Check<readonly string[]> {
  const fitsOne = (word: string) => (files: readonly string[]) =>
    files.some((file) => fitsPattern(word, file) || fitsPattern(`*/${word}`, file));
  return compileWith(words, fitsOne);
}

/** An agent fits by any of its names, as everywhere in the configuration; with a `*` by the one it has here. */
export function compileAgents(words: readonly string[]): Check<CallFacts['agent']> {
  return compileWith(words, (word) => {
    const { bare, plugin } = parseAgentName(word);
    const name = word.includes('*') ? bare : canonicalAgentName(word);
    const fitsName = name.includes('*')
      ? (text: string) => fitsPattern(name, text)
      : (text: string) => text === name;
    return (agent) => (plugin === null || plugin === agent.plugin) && fitsName(agent.name);
  });
}

function compileWith<T>(words: readonly string[], compile: (word: string) => Check<T>): Check<T> {
  const wanted = words.filter((word) => !word.startsWith('!')).map(compile);
  const unwanted = words.filter((word) => word.startsWith('!')).map((word) => compile(word.slice(1)));
  return (value) => {
    for (const fits of unwanted) if (fits(value)) return false;
    for (const fits of wanted) if (fits(value)) return true;
    return wanted.length === 0;
  };
}
