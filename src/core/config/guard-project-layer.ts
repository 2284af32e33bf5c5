// What a project's own configuration may not say: it arrives with a repository that nobody may have read.
import type { ConfigProblem } from './config-problem.ts';
import { describeReceived } from './describe-issue.ts';
import { hasValueAt, valueAt, withoutValueAt } from './key-path.ts';

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
  { path: ['daemon'], why: 'one daemon serves all projects' },
];

export function guardProjectLayer(
  source: string,
  value: unknown,
): { readonly value: unknown; readonly problems: readonly ConfigProblem[] } {
  const breached = GUARDS.filter(
    ({ path, allows }) =>
      hasValueAt(value, path) && (allows === undefined || valueAt(value, path) !== allows),
  );
  return {
    value: breached.reduce((rest, { path }) => withoutValueAt(rest, path), value),
    problems: breached.map((guard) => notAllowed(source, value, guard)),
  };
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
