/** What is used of each budget, and what is left. */
import type { BudgetStatus } from '../../protocol/budget.ts';
import type { Cli } from '../cli.ts';
import { formatTokens } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';
import { renderTable } from '../render-table.ts';

type Share = BudgetStatus['day'];

export function renderBudget(status: BudgetStatus, { m, output }: Cli): string {
  const { day, team, tasks, runs, sessions, budgets } = status;
  const { scopes } = m.budget;
  const rows = [
    rowOf(scopes.day, '', day),
    ...(team === undefined
      ? []
      : [rowOf(scopes.teamDay, '', team.day), rowOf(scopes.teamMonth, '', team.month)]),
    ...named(scopes.task, tasks, budgets.task),
    ...named(scopes.run, runs, budgets.run),
    ...named(scopes.session, sessions, budgets.session),
  ];
  const keep = status.typical.filter(({ overBudget }) => overBudget);
  return [
    renderTable(m.budget.columns.map(output.colours.dim), rows),
    ...keep.map(({ agent, tokens, samples }) =>
      m.budget.typicallyOver(printableText(agent), `~${formatTokens(tokens)}`, samples),
    ),
    m.budget.whenExceeded(budgets.onExceeded, budgets.warnAt),
  ].join('\n');
}

/** A budget of which nothing is used yet has a line all the same. */
function named(
  scope: string,
  shares: readonly (Share & { readonly id: string; readonly agent?: string })[],
  limit: number | null,
): readonly (readonly string[])[] {
  if (shares.length === 0) return [rowOf(scope, '', { limit, used: 0, left: limit })];
  return shares.map((share) =>
    rowOf(scope, [share.id.slice(0, 8), share.agent ?? ''].join(' ').trim(), share),
  );
}

function rowOf(scope: string, which: string, { limit, used, left }: Share): readonly string[] {
  const amount = (tokens: number | null) => (tokens === null ? '–' : formatTokens(tokens));
  const percent = limit === null ? '' : `${Math.floor((used / limit) * 100)} %`;
  return [scope, printableText(which), amount(limit), formatTokens(used), amount(left), percent];
}
