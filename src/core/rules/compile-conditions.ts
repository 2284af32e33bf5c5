// The conditions of a rule as checks of a call's facts.
import { parseMode } from '../routing/mode.ts';
import type { CallFacts } from './call-facts.ts';
import { compileComparisons } from './comparison.ts';
import { compileAgents, compileFiles, compileWords } from './compile-words.ts';
import { compileTimeSpans } from './time-span.ts';
import type { Conditions } from './user-rule.ts';

type Check = (facts: CallFacts) => boolean;

/** What conditions read of a call beside its agent and the mode: a decision holds only as long as these do. */
export type RuleReads = {
  readonly time: boolean;
  readonly project: boolean;
  readonly promptChars: boolean;
  readonly files: boolean;
};

export type ConditionCheck = { readonly on: keyof Conditions; readonly holds: Check };

export function compileConditions(when: Conditions): readonly ConditionCheck[] {
  return (Object.keys(COMPILERS) as (keyof Conditions)[]).flatMap((name) => {
    if (when[name] === undefined) return [];
    const compile = COMPILERS[name] as (given: unknown) => Check;
    return [{ on: name, holds: compile(when[name]) }];
  });
}

type Given<Name extends keyof Conditions> = Exclude<Conditions[Name], undefined>;

/** What is cheap and seldom holds comes first. */
const COMPILERS: { readonly [Name in keyof Conditions]-?: (given: Given<Name>) => Check } = {
  agent: (given) => {
    const fits = compileAgents(listOf(given));
    return ({ agent }) => fits(agent);
  },
  tier: (given) => {
    const fits = compileWords(listOf(given));
    return ({ tier }) => fits(tier);
  },
  mode: (given) => {
    const fits = compileWords(listOf(given).map(toOurMode));
    return ({ mode }) => fits(mode);
  },
  permissionMode: (given) => {
    const fits = compileWords(listOf(given));
    return ({ permissionMode }) => permissionMode !== undefined && fits(permissionMode);
  },
  project: (given) => {
    const fits = compileWords(listOf(given).map(withoutTrailingSlash));
    return ({ project }) => project !== undefined && fits(withoutTrailingSlash(project));
  },
  quota: compileQuota,
  time: (given) => {
    const isWithin = compileTimeSpans(listOf(given));
    return ({ minuteOfDay }) => minuteOfDay !== undefined && isWithin(minuteOfDay);
  },
  promptChars: (given) => {
    const holds = compileComparisons(listOf(given));
    return ({ prompt }) => prompt !== undefined && holds(prompt.chars);
  },
  fileCount: (given) => {
    const holds = compileComparisons(listOf(given));
    return ({ prompt }) => prompt !== undefined && holds(prompt.files.length);
  },
  files: (given) => {
    const fits = compileFiles(listOf(given));
    return ({ prompt }) => prompt !== undefined && fits(prompt.files);
  },
};

function compileQuota(given: Given<'quota'>): Check {
  if (typeof given === 'string' || isList(given)) {
    const holds = compileComparisons(listOf(given));
    return ({ quota: { fiveHour, weekly } }) => {
      if (fiveHour === null && weekly === null) return false;
      return holds(Math.max(fiveHour ?? 0, weekly ?? 0));
    };
  }
  const windows = (['fiveHour', 'weekly'] as const).flatMap((window) => {
    const wanted = given[window];
    return wanted === undefined ? [] : [{ window, holds: compileComparisons(listOf(wanted)) }];
  });
  return ({ quota }) =>
    windows.every(({ window, holds }) => {
      const percent = quota[window];
      return percent !== null && holds(percent);
    });
}

export function readsOf(conditions: readonly Conditions[]): RuleReads {
  return {
    time: conditions.some(({ time }) => time !== undefined),
    project: conditions.some(({ project }) => project !== undefined),
    promptChars: conditions.some(({ promptChars }) => promptChars !== undefined),
    files: conditions.some(({ files, fileCount }) => files !== undefined || fileCount !== undefined),
  };
}

function listOf(given: string | readonly string[]): readonly string[] {
  return typeof given === 'string' ? [given] : given;
}

function isList(given: unknown): given is readonly string[] {
  return Array.isArray(given);
}

function withoutTrailingSlash(path: string): string {
  return path.length > 1 ? path.replace(/[/\\]+$/, '') : path;
}

/** The seed spells some modes another way. */
function toOurMode(word: string): string {
  return word.startsWith('!') ? `!${toOurMode(word.slice(1))}` : (parseMode(word) ?? word);
}
