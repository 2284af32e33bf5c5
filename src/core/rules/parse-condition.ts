// Conditions written as one line: `usage.fiveHour > 80 && agent.tier == "low"`, as earlier versions of OMCM had them.
import { parseComparison } from './comparison.ts';
import type { Conditions } from './user-rule.ts';

type Numbers = 'quota' | 'quota.fiveHour' | 'quota.weekly' | 'promptChars' | 'fileCount';
type Words = 'agent' | 'tier' | 'mode' | 'permissionMode' | 'project';
type Clause = readonly [field: string, sign: string, value: string];

const NUMBERS: ReadonlyMap<string, Numbers> = new Map([
  ['usage', 'quota'],
  ['usage.fiveHour', 'quota.fiveHour'],
  ['usage.weekly', 'quota.weekly'],
  ['quota', 'quota'],
  ['quota.fiveHour', 'quota.fiveHour'],
  ['quota.weekly', 'quota.weekly'],
  ['promptChars', 'promptChars'],
  ['prompt.chars', 'promptChars'],
  ['fileCount', 'fileCount'],
  ['prompt.files', 'fileCount'],
]);

const WORDS: ReadonlyMap<string, Words> = new Map([
  ['agent', 'agent'],
  ['agent.type', 'agent'],
  ['agent.name', 'agent'],
  ['agent.tier', 'tier'],
  ['tier', 'tier'],
  // What a task asks for was told by its agent's tier there, too.
  ['task.complexity', 'tier'],
  ['mode', 'mode'],
  ['permissionMode', 'permissionMode'],
  ['project', 'project'],
]);

export const CONDITION_FIELDS: readonly string[] = [...NUMBERS.keys(), ...WORDS.keys()];

export type ParsedCondition =
  | { readonly ok: true; readonly when: readonly Conditions[] }
  | { readonly ok: false; readonly part: string; readonly why: 'shape' | 'field' | 'value' };

/** One set of conditions for each part; all of them must hold. */
export function parseCondition(text: string): ParsedCondition {
  const when: Conditions[] = [];
  for (const part of text.split(/&&|\band\b/)) {
    const [, field = '', sign = '', value = ''] =
      /^\s*([A-Za-z.]{1,40})\s*(>=|<=|!=|==|>|<)\s*(.{1,200}?)\s*$/.exec(part) ?? [];
    if (sign === '') return { ok: false, part: part.trim(), why: 'shape' };
    const conditions = readNumbers([field, sign, value]) ?? readWords([field, sign, value]);
    if (conditions === null) return { ok: false, part: part.trim(), why: 'field' };
    if (conditions === 'value') return { ok: false, part: part.trim(), why: 'value' };
    when.push(conditions);
  }
  return { ok: true, when };
}

function readNumbers([field, sign, value]: Clause): Conditions | 'value' | null {
  const name = NUMBERS.get(field);
  if (name === undefined) return null;
  const comparison = `${sign} ${value}`;
  if (parseComparison(comparison) === null) return 'value';
  if (name === 'quota.fiveHour') return { quota: { fiveHour: comparison } };
  if (name === 'quota.weekly') return { quota: { weekly: comparison } };
  return { [name]: comparison };
}

function readWords([field, sign, value]: Clause): Conditions | 'value' | null {
  const name = WORDS.get(field);
  if (name === undefined) return null;
  const word = /^(["']?)([^"']+)\1$/.exec(value)?.[2];
  if (word === undefined || (sign !== '==' && sign !== '!=')) return 'value';
  return { [name]: sign === '==' ? word : `!${word}` };
}
