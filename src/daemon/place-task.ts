/** How is a task routed that others may do: by which models, with which rights? `null`: it is done here. */
import { decideEnvelope, type Grant } from '../core/permissions/envelope.ts';
import { parsePermissionMode } from '../core/permissions/permission-mode.ts';
import { modelRef } from '../core/routing/list-targets.ts';
import type { BatchTask } from '../core/scheduling/batch-task.ts';
import type { TaskNature } from '../protocol/queue.ts';
import type { ParsedRunRequest } from '../protocol/run.ts';
import type { Placed } from '../protocol/task.ts';
import type { AgentInstructions } from './agent-instructions.ts';
import type { Dispatch } from './create-dispatch.ts';
import type { Router } from './router.ts';
import type { SessionContexts } from './session-contexts.ts';
import type { DoneTask } from './task-doer.ts';

export type PlacedElsewhere = {
  readonly nature: TaskNature;
  readonly placed: Placed;
  /** Written down as work of this user's. */
  ended(done: DoneTask): void;
};

export type PlaceTask = (task: BatchTask, run: ParsedRunRequest) => Promise<PlacedElsewhere | null>;

export type PlaceParts = {
  /** Knows the models of the workers, in place of those of this machine. */
  readonly router: Pick<Router, 'decide'>;
  readonly dispatch: Pick<Dispatch, 'order'>;
  readonly instructions: AgentInstructions;
  readonly contexts: Pick<SessionContexts, 'tell'>;
  readonly newId: () => string;
};

const NATURES: { readonly [K in Grant['kind']]: TaskNature } = {
  'read-only': 'reading',
  'edit-in-project': 'editing',
  full: 'once',
};

export function createPlaceTask({ router, dispatch, instructions, contexts, newId }: PlaceParts): PlaceTask {
  return async ({ agent, prompt }, { directory, permissionMode: asked, mode, sessionId, confirmed }) => {
    const question = { agent, prompt, directory, permissionMode: asked, mode, sessionId, confirmed };
    const { decision, config } = await router.decide(question);
    if (!decision.route) return null;
    const order = dispatch.order(decision, config, newId());
    if (order.kind !== 'targets') return null;
    const { delegateWrites } = config.permissions;
    const permissionMode = parsePermissionMode(asked);
    const envelope = decideEnvelope({ writes: decision.writes, permissionMode, delegateWrites });
    if (envelope.kind === 'stay') return null;
    const told = await Promise.all([
      instructions(agent, directory, sessionId),
      contexts.tell({ sessionId, directory }, config.context),
    ]);
    const texts = told.filter((text) => text !== null && text !== '');
    const { role, tier, opencodeAgent, writes } = decision;
    return {
      nature: NATURES[envelope.kind],
      placed: {
        models: order.targets.map(modelRef),
        role,
        tier,
        opencodeAgent,
        writes,
        instructions: texts.length === 0 ? null : texts.join('\n\n'),
      },
      ended: () => undefined,
    };
  };
}
