// Who does a task of this type, and how would it get there? The seed's `TaskRouter.routeTask`, over the decision
// that every other way in takes too. A type is an agent's name, or one of the seed's task types ('analyzer',
// 'explorer', …), which the catalogue knows as aliases.

import type { QuotaReadings } from '../quota/reading.ts';
import { NO_READINGS } from '../quota/reading.ts';
import { decideRoute } from '../routing/decide-route.ts';
import type { Decision } from '../routing/decision.ts';
import { parseMode } from '../routing/mode.ts';
import { completeRules, type PartialRules } from '../routing/rules.ts';
import { type ServerOutlook, selectStrategy } from './select-strategy.ts';
import type { Strategy, StrategyChoice } from './strategy.ts';

/** What the decision reads. Left out: a quiet day, the default rules, a server that can start. */
export type TaskCircumstances = {
  readonly rules?: PartialRules;
  /** `default`, `save-tokens` or `fusion`, in any spelling of the seed. */
  readonly mode?: string;
  readonly fallbackActive?: boolean;
  readonly usage?: { readonly quota: QuotaReadings; readonly now: number };
  readonly permissionMode?: string;
  readonly connectedModels?: ReadonlySet<string>;
  readonly asked?: StrategyChoice;
  readonly server?: ServerOutlook;
  readonly acpAvailable?: boolean;
  readonly estimatedMs?: number;
};

export type TaskRoute = {
  readonly target: 'claude' | 'opencode';
  /** The agent's name in the catalogue. */
  readonly agent: string;
  /** For a task that stays on Claude: the way that it would have taken. */
  readonly strategy: Strategy;
  /** Why this target. */
  readonly reason: string;
};

export function routeTask(type: string, circumstances: TaskCircumstances = {}): TaskRoute {
  const { route, agent, reason } = decide(type, circumstances);
  const { asked = 'auto', server = 'startable', acpAvailable = false, estimatedMs } = circumstances;
  const task = { type: 'run' as const, ...(estimatedMs === undefined ? {} : { estimatedMs }) };
  const { strategy } = selectStrategy({ asked, server, acpAvailable, task });
  return { target: route ? 'opencode' : 'claude', agent: agent.name, strategy, reason };
}

function decide(agent: string, circumstances: TaskCircumstances): Decision {
  return decideRoute({
    agent,
    rules: completeRules(circumstances.rules ?? {}),
    mode: parseMode(circumstances.mode) ?? 'default',
    fallback: { active: circumstances.fallbackActive ?? false },
    quota: circumstances.usage?.quota ?? NO_READINGS,
    now: circumstances.usage?.now ?? 0,
    permissionMode: circumstances.permissionMode,
    connectedModels: circumstances.connectedModels,
  });
}
