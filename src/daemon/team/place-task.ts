/** How is a task routed that others may do: by which models, with which rights? `null`: it is done here. */
import { countTokens } from '../../core/delegation/count-tokens.ts';
import { toFailure } from '../../core/delegation/failure.ts';
import { decideEnvelope, type Grant } from '../../core/permissions/envelope.ts';
import { parsePermissionMode } from '../../core/permissions/permission-mode.ts';
import { modelRef } from '../../core/routing/list-targets.ts';
import { estimateTokens } from '../../core/savings/estimate-tokens.ts';
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import type { TaskNature } from '../../protocol/queue.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import { type Placed, taskRequestSchema } from '../../protocol/task.ts';
import type { Spending } from '../budget/spending.ts';
import type { AgentInstructions } from '../delegation/agent-instructions.ts';
import type { Dispatch } from '../delegation/create-dispatch.ts';
import type { Router } from '../routing/router.ts';
import type { DoneTask } from '../runs/task-doer.ts';
import type { SessionContexts } from '../sessions/session-contexts.ts';
import type { Decided, Recorder } from '../tracking/recorder.ts';

export type PlacedElsewhere = {
  /** Under which it is counted. */
  readonly id: string;
  /** As the catalogue names it. */
  readonly agent: string;
  readonly nature: TaskNature;
  readonly placed: Placed;
  /** Counted as work of this user's: in the log, in what is saved, against the budgets. */
  ended(done: DoneTask): void;
};

export type PlaceTask = (
  task: BatchTask,
  run: ParsedRunRequest,
  runId: string,
) => Promise<PlacedElsewhere | null>;

export type PlaceParts = {
  /** Knows the models of the workers, in place of those of this machine. */
  readonly router: Pick<Router, 'decide'>;
  readonly dispatch: Pick<Dispatch, 'order' | 'resting'>;
  readonly instructions: AgentInstructions;
  readonly contexts: Pick<SessionContexts, 'tell'>;
  readonly recorder: Pick<Recorder, 'decided' | 'ended'>;
  readonly spending: Pick<Spending, 'ended'>;
  readonly newId: () => string;
  readonly now: () => number;
};

const NATURES: { readonly [K in Grant['kind']]: TaskNature } = {
  'read-only': 'reading',
  'edit-in-project': 'editing',
  full: 'once',
};

export function createPlaceTask(parts: PlaceParts): PlaceTask {
  const { router, dispatch, instructions, contexts, newId, now } = parts;
  return async ({ agent, prompt }, run, runId) => {
    const { directory, permissionMode: asked, mode, sessionId, confirmed } = run;
    const question = { agent, prompt, directory, permissionMode: asked, mode, sessionId, confirmed };
    const askedAt = now();
    const { decision, config } = await router.decide(question);
    const durationMs = now() - askedAt;
    if (!decision.route) return null;
    const requestId = newId();
    const resting = dispatch.resting([decision.target, ...decision.alternatives]);
    const order = dispatch.order(decision, config, requestId);
    if (order.kind !== 'targets') return null;
    const { delegateWrites } = config.permissions;
    const permissionMode = parsePermissionMode(asked);
    const envelope = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
    if (envelope.kind === 'stay') return null;
    const [own, context] = await Promise.all([
      instructions(agent, directory, sessionId),
      contexts.tell({ sessionId, directory }, config.context),
    ]);
    const texts = [own, context].filter((text) => text !== null && text !== '');
    const { role, tier, opencodeAgent, writes } = decision;
    return {
      id: requestId,
      agent: decision.agent.name,
      nature: NATURES[envelope.kind],
      placed: {
        models: order.targets.map(modelRef),
        role,
        tier,
        opencodeAgent,
        writes,
        instructions: texts.length === 0 ? null : texts.join('\n\n'),
      },
      ended: (done) => {
        const request = taskRequestSchema.parse({ ...question, runId });
        record(
          parts,
          { requestId, request, decision, choice: order.choice, resting, durationMs },
          { done, context },
        );
        const past = toPast({ agent: decision.agent.name, sessionId, runId }, done);
        parts.spending.ended(requestId, past, config.budgets);
      },
    };
  };
}

type Told = { readonly done: DoneTask; readonly context: string };

function record({ recorder }: PlaceParts, decided: Decided, { done, context }: Told): void {
  const { end, text, work } = done;
  const { requestId, request, decision } = decided;
  if (work === null || !decision.route) return;
  recorder.decided(decided);
  const { provider, model, tokens, costUsd } = work;
  recorder.ended({
    requestId,
    request,
    decision,
    outcome: work,
    contextChars: context.length,
    failure: end.outcome === 'failed' ? toFailure(end) : null,
    begun: true,
    via: null,
    spent: [{ provider, model, tokens, costUsd }],
    answerTokens: estimateTokens(text),
  });
}

type Who = { readonly agent: string; readonly sessionId?: string | undefined; readonly runId: string };

function toPast({ agent, sessionId = undefined, runId }: Who, { end, work }: DoneTask) {
  if (work === null) return null;
  const { provider, model, tokens, costUsd } = work;
  const used = { model: `${provider}/${model}`, tokens: countTokens(tokens), costUsd };
  return {
    agent,
    engine: 'opencode' as const,
    sessionId: sessionId ?? null,
    runId,
    ...used,
    finished: end.outcome === 'done',
    doneElsewhere: true,
  };
}
