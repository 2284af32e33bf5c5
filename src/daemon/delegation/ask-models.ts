/** One prompt to several models at once. Each is a task that only reads, with its model named. */
import { ASKED_AGENT } from '../../core/asking/decide-asked.ts';
import { pickModels } from '../../core/asking/pick-models.ts';
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Target } from '../../core/routing/decision.ts';
import { isClaude, modelRef } from '../../core/routing/list-targets.ts';
import type { AskCheck, AskStarted, ParsedAskRequest } from '../../protocol/ask.ts';
import type { Providers } from '../../protocol/status.ts';
import { type ParsedTaskRequest, taskRequestSchema } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import type { Delegation } from './delegate-task.ts';

export type AskParts = {
  readonly providers: () => Promise<Providers>;
  readonly inputs: Pick<RoutingInputs, 'config'>;
  readonly spending: Pick<Spending, 'check'>;
  readonly delegate: (request: ParsedTaskRequest) => Promise<Delegation>;
};

export type Asked =
  | { readonly kind: 'unknown-models'; readonly check: AskCheck }
  | { readonly kind: 'over-budget'; readonly check: AskCheck }
  | { readonly kind: 'asked'; readonly started: AskStarted };

export async function askModels(parts: AskParts, request: ParsedAskRequest): Promise<Asked> {
  const { targets, ...check } = await checkAsk(parts, request);
  if (targets.length === 0 || check.unknown.length > 0) return { kind: 'unknown-models', check };
  const isOver = check.check.exceeded.length > 0;
  if (isOver && request.confirmed !== true) return { kind: 'over-budget', check };
  const { prompt, directory, sessionId, timeoutMs } = request;
  const tasks = await Promise.all(
    targets.map(async (target) => {
      const model = modelRef(target);
      const asked = { agent: ASKED_AGENT, toolName: ASKED_AGENT, permissionMode: 'plan' };
      const { decision, task } = await parts.delegate(
        taskRequestSchema.parse({
          ...asked,
          prompt,
          directory,
          sessionId,
          timeoutMs,
          model,
          confirmed: isOver,
        }),
      );
      return { model, taskId: task.id, decision: { ...decision } };
    }),
  );
  return { kind: 'asked', started: { tasks } };
}

export async function checkAsk(
  { providers, inputs, spending }: AskParts,
  { models, directory, sessionId }: ParsedAskRequest,
): Promise<AskCheck & { readonly targets: readonly Target[] }> {
  const [{ connected: all }, { config }] = await Promise.all([providers(), inputs.config(directory)]);
  const connected = all
    .flatMap((provider) => provider.models.map((model) => `${provider.id}/${model}`))
    .filter((model) => !isClaude(model))
    .sort();
  const { targets, unknown } = pickModels(models ?? null, { connected, usual: usualModels(config) });
  const planned = targets.map((target) => ({ agent: ASKED_AGENT, estimate: null, target }));
  const check: BudgetCheck = spending.check(planned, config.budgets, sessionId ?? null);
  return {
    targets,
    models: targets.map(modelRef),
    unknown: [...unknown],
    connected,
    check: toWire(check),
  };
}

/** Those of the judging role first: a second opinion is a matter of judgement. */
function usualModels({ targets, fallback }: Config): readonly string[] {
  return [...targets.oracle, ...targets.codex, ...targets.flash, ...fallback.chain];
}

function toWire({ forecast, exceeded, near }: BudgetCheck): AskCheck['check'] {
  return { forecast: { ...forecast, rows: [...forecast.rows] }, exceeded: [...exceeded], near: [...near] };
}
