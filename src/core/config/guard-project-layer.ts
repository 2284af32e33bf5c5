// What a project's own configuration may not say: it arrives with a repository that nobody may have read.
import type { ConfigProblem } from './config-problem.ts';
import { describeReceived } from './describe-issue.ts';
import { hasValueAt, isPlainObject, valueAt, withoutValueAt } from './key-path.ts';

type Guard = {
  readonly path: readonly string[];
  readonly why: string;
  /** A value that takes rights away is a project's to choose. */
  readonly allows?: unknown;
};

const GUARDS: readonly Guard[] = [
  {
    path: ['permissions', 'delegateWrites'],
    why: 'a project may not give itself more rights',
    allows: 'never',
  },
  { path: ['opencode', 'command'], why: 'a project may not choose the program that is run' },
  { path: ['opencode', 'args'], why: 'a project may not choose how the program is run' },
  { path: ['quota'], why: 'a project may not have your login used' },
  { path: ['daemon'], why: 'one daemon serves all projects' },
  { path: ['pool'], why: 'one pool serves all projects' },
];

export function guardProjectLayer(
  source: string,
  value: unknown,
): { readonly value: unknown; readonly problems: readonly ConfigProblem[] } {
  const breached = [...GUARDS, ...guardsOfAgents(value)].filter(
    ({ path, allows }) =>
      hasValueAt(value, path) && (allows === undefined || valueAt(value, path) !== allows),
  );
  return {
    value: breached.reduce((rest, { path }) => withoutValueAt(rest, path), value),
    problems: breached.map((guard) => notAllowed(source, value, guard)),
  };
}

/** An agent that only reads is read-only in every mode: a repository may not turn it into one that writes. */
function guardsOfAgents(value: unknown): readonly Guard[] {
  const agents = valueAt(value, ['agents']);
  if (!isPlainObject(agents)) return [];
  const why = 'a repository may not let an agent write';
  return Object.keys(agents).map((name) => ({ path: ['agents', name, 'writes'], allows: false, why }));
}

function notAllowed(source: string, value: unknown, { path, why, allows }: Guard): ConfigProblem {
  const keyPath = path.join('.');
  return {
    source,
    keyPath,
    code: 'not-allowed-in-project',
    expected: allows === undefined ? 'nothing here' : JSON.stringify(allows),
    received: describeReceived(valueAt(value, path)),
    message: `${source}: ${keyPath} is ignored, because ${why}; set it in your own configuration instead.`,
  };
}
