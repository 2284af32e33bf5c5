/** What would this run take, and do the budgets allow it? Each task is routed as it would be, and nothing is begun. */
import { canonicalAgentName } from '../../core/agents/resolve-agent.ts';
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import type { Router } from '../routing/router.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import type { Spending } from './spending.ts';

export type CheckParts = {
  readonly router: Pick<Router, 'foresee'>;
  readonly inputs: Pick<RoutingInputs, 'config'>;
  readonly spending: Pick<Spending, 'check'>;
};

export async function checkRun(
  { router, inputs, spending }: CheckParts,
  { tasks, directory, permissionMode, mode, sessionId }: ParsedRunRequest,
): Promise<BudgetCheck> {
  const [{ config }, decisions] = await Promise.all([
    inputs.config(directory),
    router.foresee({ directory, permissionMode, mode, sessionId }, tasks),
  ]);
  const planned = tasks.map(({ agent, estimate }, index) => ({
    agent: canonicalAgentName(agent),
    estimate,
    target: decisions[index]?.target ?? null,
  }));
  return spending.check(planned, config.budgets, sessionId ?? null);
}
