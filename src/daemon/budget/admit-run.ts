/** May this run begin? One that is over a budget needs the user's yes, which then lifts what it was over. */
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import { type CheckParts, checkRun } from './check-run.ts';

export type Admission =
  | { readonly kind: 'refused'; readonly check: BudgetCheck }
  | { readonly kind: 'admitted'; readonly request: ParsedRunRequest };

export async function admitRun(parts: CheckParts, request: ParsedRunRequest): Promise<Admission> {
  const check = await checkRun(parts, request);
  const isOver = check.exceeded.length > 0;
  if (isOver && request.confirmed !== true) return { kind: 'refused', check };
  const { config } = await parts.inputs.config(request.directory);
  const ofRuns = check.exceeded.some(({ scope }) => scope === 'run') ? null : config.budgets.run;
  // A yes to what was within the budgets is no yes to more.
  return {
    kind: 'admitted',
    request: { ...request, confirmed: isOver, tokenBudget: lower(request.tokenBudget, ofRuns) },
  };
}

function lower(a: number | null, b: number | null): number | null {
  return a === null || b === null ? (a ?? b) : Math.min(a, b);
}
