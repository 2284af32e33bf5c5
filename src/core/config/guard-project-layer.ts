// What a project's own configuration may not say: it arrives with a repository that nobody may have read.
import { RULE_ACTIONS } from '../rules/user-rule.ts';
import type { ConfigProblem } from './config-problem.ts';
import { describeReceived } from './describe-issue.ts';
import {
  formatKeyPath,
  hasValueAt,
  isPlainObject,
  type KeyPath,
  valueAt,
  withoutValueAt,
} from './key-path.ts';

type Guard = {
  readonly path: KeyPath;
  readonly why: string;
  /** A value that takes rights away is a project's to choose. */
  readonly allows?: unknown;
};

const NOT_ITS_VENDOR = 'a project may not choose to whom your conversation goes';

const GUARDS: readonly Guard[] = [
  {
    path: ['permissions', 'delegateWrites'],
    why: 'a project may not give itself more rights',
    allows: 'never',
  },
  { path: ['opencode', 'command'], why: 'a project may not choose the program that is run' },
  { path: ['opencode', 'args'], why: 'a project may not choose how the program is run' },
  { path: ['engine'], why: NOT_ITS_VENDOR, allows: 'opencode' },
  { path: ['execution'], why: 'a project may not say where its code goes' },
  { path: ['security'], why: 'a project may not say whether it is trusted' },
  { path: ['claude', 'command'], why: 'a project may not choose the program that is run' },
  { path: ['claude', 'args'], why: 'a project may not choose how the program is run' },
  { path: ['quota'], why: 'a project may not have your login used' },
  { path: ['budgets'], why: 'a project may not decide what you spend' },
  { path: ['daemon'], why: 'one daemon serves all projects' },
  { path: ['pool'], why: 'one pool serves all projects' },
  { path: ['tracing'], why: 'a project may not say who is told what you do' },
  { path: ['metrics'], why: 'one daemon serves all projects' },
  { path: ['tracking'], why: 'one daemon keeps count for all projects' },
  { path: ['hud'], why: 'a project may not choose the program that is run' },
];

type Guarded = { readonly value: unknown; readonly problems: readonly ConfigProblem[] };

export function guardProjectLayer(source: string, value: unknown): Guarded {
  const breached = [...GUARDS, ...guardsOfAgents(value)].filter(
    ({ path, allows }) =>
      hasValueAt(value, path) && (allows === undefined || valueAt(value, path) !== allows),
  );
  const rest = breached.reduce((lighter, { path }) => withoutValueAt(lighter, path), value);
  const rules = guardRules(source, rest);
  return {
    value: rules.value,
    problems: [...breached.map((guard) => notAllowed(source, value, guard)), ...rules.problems],
  };
}

/** An agent that only reads is read-only in every mode: a repository may not turn it into one that writes. */
function guardsOfAgents(value: unknown): readonly Guard[] {
  const agents = valueAt(value, ['agents']);
  if (!isPlainObject(agents)) return [];
  const why = 'a repository may not let an agent write';
  return Object.keys(agents).flatMap((name) => [
    { path: ['agents', name, 'writes'], allows: false, why },
    { path: ['agents', name, 'engine'], allows: 'opencode', why: NOT_ITS_VENDOR },
  ]);
}

/**
 * A repository may ask that its work stays on Claude. It may not send work elsewhere, which can cost money and carry
 * code away, nor forbid it, whose message would reach the conductor as if its user had written it.
 */
const PROJECT_ACTIONS: ReadonlySet<unknown> = new Set(['prefer_claude', 'force_claude', 'default']);

function guardRules(source: string, value: unknown): Guarded {
  const rules = valueAt(value, ['rules']);
  if (!isPlainObject(value) || !Array.isArray(rules)) return { value, problems: [] };
  const breaches = rules.flatMap((rule: unknown, index) => {
    const action = valueAt(rule, ['action']);
    return PROJECT_ACTIONS.has(action) || !RULE_ACTIONS.some((known) => known === action) ? [] : [index];
  });
  if (breaches.length === 0) return { value, problems: [] };
  const why = 'a repository may keep its work on Claude, and no more';
  return {
    value: { ...value, rules: rules.filter((_, index) => !breaches.includes(index)) },
    problems: breaches.map((index) => {
      const id = valueAt(rules[index], ['id']);
      const path = ['rules', index, 'action'];
      const expected = [...PROJECT_ACTIONS].map((action) => JSON.stringify(action)).join(', ');
      const problem = { ...notAllowed(source, value, { path, why }), expected: `one of ${expected}` };
      return typeof id === 'string' ? { ...problem, rule: id.slice(0, 60) } : problem;
    }),
  };
}

function notAllowed(source: string, value: unknown, { path, why, allows }: Guard): ConfigProblem {
  const keyPath = formatKeyPath(path);
  return {
    source,
    keyPath,
    code: 'not-allowed-in-project',
    expected: allows === undefined ? 'nothing here' : JSON.stringify(allows),
    received: describeReceived(valueAt(value, path)),
    message: `${source}: ${keyPath} is ignored, because ${why}; set it in your own configuration instead.`,
  };
}
