import type { Scope } from '../../../core/budget/budgets.ts';

const tasks = (count: number): string => (count === 1 ? '1 task' : `${count} tasks`);

const scopes: Readonly<Record<Scope, string>> = {
  task: 'task',
  run: 'run',
  day: 'day',
  session: 'session',
  teamDay: 'team, day',
  teamMonth: 'team, month',
};
const spans = {
  day: 'today',
  session: 'this session',
  teamDay: 'the team today',
  teamMonth: 'the team this month',
} as const;

export const budget = {
  summary: 'show what delegated work has used of its budgets, and what is left',
  optionYes: 'go on although it is over a budget',
  optionNoInput: 'ask nothing; what is over a budget is refused',
  exampleShow: 'today, the running tasks, the last runs and sessions',
  exampleJson: 'the same for a script',
  exampleSet: 'at most two million tokens a day',
  scopes,
  columns: ['budget', 'of', 'limit', 'used', 'left', 'share'] as readonly string[],
  forecastColumns: ['model', 'agent', 'tasks', 'tokens', 'cost'] as readonly string[],
  expected: (count: number) => `Expected of ${tasks(count)}:`,
  onClaude: (count: number) => (count === 1 ? '1 stays on Claude' : `${count} stay on Claude`),
  tokens: (amount: string) => `${amount} tokens`,
  unknown: () => 'unknown',
  unknownTasks: (count: number) => `${tasks(count)} unknown`,
  given: () => 'as given',
  median: (samples: number) => (samples === 1 ? 'as 1 task before' : `median of ${samples} tasks before`),
  strain: (
    scope: Scope,
    limit: string,
    { used, expected }: { readonly used: string; readonly expected: string },
  ) =>
    scope === 'task' || scope === 'run'
      ? `a ${scopes[scope]} may take ${limit} tokens, and ~${expected} are expected`
      : `${spans[scope]} may take ${limit} tokens, ${used} are used, and ~${expected} more are expected`,
  near: (strain: string) => `This comes near a budget: ${strain}.`,
  over: (strains: string) => `This is over a budget: ${strains}.`,
  overHint: () =>
    'Nothing was started. `--yes` goes on all the same; `omcm config set budgets.day 2000000` sets another limit; `omcm budget` shows what is used.',
  confirm: () => 'Go on all the same? [y/N] ',
  declined: () => 'Nothing was started.',
  typicallyOver: (agent: string, tokens: string, samples: number) =>
    `${agent} takes ${tokens} (median of ${samples}), which is over the budget of a task: it is not delegated.`,
  whenExceeded: (where: 'claude' | 'stop', warnAt: number) =>
    `Over a budget, a call ${where === 'claude' ? 'stays on Claude' : 'is answered by nobody'} (budgets.onExceeded); told from ${warnAt} % on.`,
};
