// Somebody has named the model that is to answer: the tree is not asked, but whether it is there and may be paid for.

import { ROLE_LABELS } from '../agents/target-role.ts';
import type { BudgetVerdict } from '../budget/judge-call.ts';
import { type ExplainedRoute, NOT_TRUSTED, nameTarget } from '../routing/decide-route.ts';
import type { NativeDecision, TrailEntry } from '../routing/decision.ts';
import { modelRef, parseTarget } from '../routing/list-targets.ts';

/** The name under which it is written down; it only reads, whoever asks. */
export const ASKED_AGENT = 'ask';

export type AskedQuestion = {
  /** `provider/model`. */
  readonly model: string;
  readonly connectedModels: ReadonlySet<string> | undefined;
  /** The project brings files that nobody has trusted. */
  readonly untrusted: boolean | undefined;
  readonly budget: BudgetVerdict | null | undefined;
};

export function decideAsked({ model, connectedModels, untrusted, budget }: AskedQuestion): ExplainedRoute {
  const target = parseTarget(model);
  const trail: readonly TrailEntry[] = [{ step: 'task', said: `asked-${model}` }];
  if (target === null || connectedModels?.has(modelRef(target)) === false)
    return refuse(trail, { step: 'target', said: `no-model-${model}` });
  const onTarget: readonly TrailEntry[] = [...trail, { step: 'target', said: nameTarget(target) }];
  // OpenCode would run them for this prompt as for any other.
  if (untrusted === true) return refuse(onTarget, { step: 'trust', said: NOT_TRUSTED });
  if (budget) return refuse(onTarget, { step: 'budget', said: budget.reason }, budget.block);
  return {
    decision: {
      route: true,
      engine: 'opencode',
      reason: `asked-${nameTarget(target)}`,
      step: 'task',
      agent: AGENT,
      target,
      // An opinion of another one is not the opinion that was asked for.
      alternatives: [],
      role: 'oracle',
      roleLabel: ROLE_LABELS.oracle,
      opencodeAgent: 'general',
      tier: 'high',
      writes: false,
    },
    trail: onTarget,
  };
}

const AGENT = { requested: ASKED_AGENT, name: ASKED_AGENT, known: true };

function refuse(
  trail: readonly TrailEntry[],
  last: { readonly step: 'target' | 'trust' | 'budget'; readonly said: string },
  message: string | null = null,
): ExplainedRoute {
  const decision: NativeDecision = {
    route: false,
    reason: last.said,
    step: last.step,
    agent: AGENT,
    target: null,
    opencodeAgent: null,
    ...(message === null ? {} : { block: { rule: null, message } }),
  };
  return { decision, trail: [...trail, last] };
}
