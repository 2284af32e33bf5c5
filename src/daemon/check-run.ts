/** What would this run take, and do the budgets allow it? Each task is routed as it would be, and nothing is begun. */
import { canonicalAgentName } from '../core/agents/resolve-agent.ts';
import type { PlannedTask } from '../core/budget/forecast-spending.ts';
import type { BudgetCheck } from '../core/budget/judge-forecast.ts';
import type { Decision } from '../core/routing/decision.ts';
import type { ParsedRunRequest } from '../protocol/run.ts';
import type { Router } from './router.ts';
import type { RoutingInputs } from './routing-inputs.ts';
import type { Spending } from './spending.ts';

export type CheckParts = {
  readonly router: Pick<Router, 'decide' | 'hasPromptRules'>;
  readonly inputs: Pick<RoutingInputs, 'config'>;
  readonly spending: Pick<Spending, 'check'>;
};

export async function checkRun(parts: CheckParts, run: ParsedRunRequest): Promise<BudgetCheck> {
  const { config } = await parts.inputs.config(run.directory);
  const route = createForesight(parts.router, run);
  const planned: PlannedTask[] = [];
  for (const task of run.tasks) {
    const decision = await route(task);
    const { target } = decision;
    planned.push({ agent: canonicalAgentName(task.agent), estimate: task.estimate, target });
  }
  return parts.spending.check(planned, config.budgets, run.sessionId ?? null);
}

type Task = ParsedRunRequest['tasks'][number];

/** One decision for each agent, unless a rule asks for the prompt. */
function createForesight(
  router: CheckParts['router'],
  run: ParsedRunRequest,
): (task: Task) => Promise<Decision> {
  const { directory, permissionMode, mode, sessionId } = run;
  const known = new Map<string, Promise<Decision>>();
  return ({ agent, prompt }) => {
    const key = router.hasPromptRules(directory) ? `${agent} ${prompt}` : agent;
    const before = known.get(key);
    if (before !== undefined) return before;
    // As if the budget allowed it: what is asked is what it would take then.
    const question = { agent, prompt, directory, permissionMode, mode, sessionId, confirmed: true };
    const decided = router.decide(question).then(({ decision }) => decision);
    known.set(key, decided);
    return decided;
  };
}
