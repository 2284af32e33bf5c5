import type { ConfigSource } from '../../../adapters/files/load-config.ts';
import type { ConfigProblem } from '../../../core/config/config-problem.ts';

const KINDS: Readonly<Record<ConfigSource['kind'], string>> = {
  seed: 'Claude Code folder',
  user: 'user',
  project: 'project',
  environment: 'environment',
  flags: 'flags',
};

const STATES: Readonly<Record<ConfigSource['state'], string>> = {
  used: 'used',
  missing: 'not there',
  unusable: 'cannot be used',
};

export const config = {
  summary: 'read, change and check the settings',
  getSummary: 'print one setting, or all of them',
  setSummary: 'change one setting; comments in the file stay',
  pathSummary: 'list the places that settings come from; the later wins',
  checkSummary: 'list everything that is wrong with the settings',
  argumentKey: 'the setting: mode, routing.enabled, targets.flash, …',
  argumentValue: 'its value; lists are written with commas',
  optionProject: "change the project's own file instead of yours",
  exampleGet: 'one setting',
  exampleSet: 'route all subagents but the planner',
  exampleList: 'a list',
  exampleCheck: 'for a script: exits with 6 when something is wrong',
  unset: (key: string) => `${key} is not set.`,
  written: (key: string, value: string, file: string) => `${key} = ${value} (${file})`,
  outvoted: (key: string, value: string) =>
    `But ${key} is still ${value}: a later place outvotes it; see \`omcm config path\`.`,
  kind: (kind: ConfigSource['kind']) => KINDS[kind],
  state: (state: ConfigSource['state']) => STATES[state],
  columns: ['layer', 'place', 'state'] as readonly string[],
  noProblems: () => 'The settings are in order.',
  problems: (count: number) => (count === 1 ? '1 problem' : `${count} problems`),
  problem: ({ message }: ConfigProblem) => message,
  wholeFile: () => 'the file as a whole',
  expected: (text: string) => `expected: ${text}`,
  received: (text: string) => `received: ${text}`,
  suggestion: (text: string) => `did you mean: ${text}`,
  invalid: (key: string, { expected, received, suggestion }: ConfigProblem) =>
    `${key} must be ${expected}, but is ${received}.${suggestion === undefined ? '' : ` Did you mean ${suggestion}?`}`,
};
