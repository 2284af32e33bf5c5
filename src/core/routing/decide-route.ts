// Who answers this subagent, and why?
//
//   switch ─ agent ─ fallback ─ limit ─ rule ─ usage ─ pace ─ mode ─ default     the first that answers decides
//                        │        │       │      │       │      │
//                        └────────┴───────┴──┬───┴───────┴──────┘ route
//                                         target ─ permission                    either may still keep it on Claude

import { type ResolvedAgent, resolveAgent } from '../agents/resolve-agent.ts';
import { ROLE_LABELS } from '../agents/target-role.ts';
import { decideEnvelope } from '../permissions/envelope.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { Decision, DecisionStep, NativeDecision, Target, TrailEntry } from './decision.ts';
import { listTargets } from './list-targets.ts';
import { type Mode, settleMode } from './mode.ts';
import type { RoutingRules } from './rules.ts';
import { type FallbackSwitch, type Pace, type Question, STEPS, type Verdict } from './steps.ts';

export type RouteInput = {
  /** The subagent_type as Claude Code gives it. */
  readonly agent: string;
  readonly rules: RoutingRules;
  readonly mode: Mode;
  readonly fallback: FallbackSwitch;
  readonly quota: QuotaReadings;
  /** Left out where routing by pace is off. */
  readonly pace?: Pace | undefined;
  readonly now: number;
  /** The session's permission mode; left out where no session asks, and then nothing is checked. */
  readonly permissionMode?: string | undefined;
  /** `provider/model` in OpenCode's spelling; left out where OpenCode has not been asked. */
  readonly connectedModels?: ReadonlySet<string> | undefined;
};

export type ExplainedRoute = {
  readonly decision: Decision;
  /** The steps that were asked, in order. Those after the one that decided may only refuse. */
  readonly trail: readonly TrailEntry[];
};

export function decideRoute(input: RouteInput): Decision {
  return explainRoute(input).decision;
}

export function explainRoute(input: RouteInput): ExplainedRoute {
  const question: Question = {
    ...input,
    resolved: resolveAgent(input.agent, input.rules.agents),
    mode: settleMode(input.mode, input.rules.fusionDefault),
  };
  const trail: TrailEntry[] = [];
  for (const [step, ask] of STEPS) {
    const verdict = ask(question);
    trail.push({ step, said: verdict?.reason ?? null });
    if (verdict?.route === false) return { decision: keep(question.resolved, step, verdict.reason), trail };
    if (verdict?.route) return settle(input, question.resolved, { ...verdict, step, trail });
  }
  return {
    decision: keep(question.resolved, 'default', 'default'),
    trail: [...trail, { step: 'default', said: 'default' }],
  };
}

type Routed = Verdict & { readonly step: DecisionStep; readonly trail: readonly TrailEntry[] };

/** The tree has said "route": is there a model for it, and may it do its work there? */
function settle(input: RouteInput, resolved: ResolvedAgent, { reason, step, trail }: Routed): ExplainedRoute {
  const { agent } = resolved;
  const [target, ...alternatives] = listTargets(
    listCandidates(input, resolved, step),
    input.connectedModels ?? null,
  );
  if (!target) return refuse(resolved, trail, { step: 'target', said: `no-model-${agent.target}` });
  const onTarget: TrailEntry = { step: 'target', said: nameTarget(target) };

  const refusal = findRefusal(input, agent.writes);
  if (refusal) return refuse(resolved, [...trail, onTarget], { step: 'permission', said: refusal });
  return {
    decision: {
      route: true,
      engine: 'opencode',
      reason,
      step,
      agent: identify(resolved),
      target,
      alternatives,
      role: agent.target,
      roleLabel: ROLE_LABELS[agent.target],
      opencodeAgent: agent.opencodeAgent,
      tier: agent.tier,
      writes: agent.writes,
    },
    trail: [...trail, onTarget, { step: 'permission', said: null }],
  };
}

/** Claude is out in an emergency, so there any model is better than none of the agent's own. */
function listCandidates(
  { rules, fallback }: RouteInput,
  { agent, settings }: ResolvedAgent,
  step: DecisionStep,
): readonly string[] {
  const forced = fallback.active ? rules.fallback.forceModel : null;
  const chain = step === 'fallback' || step === 'limit' ? rules.fallback.chain : [];
  const candidates = [forced, settings.model, ...rules.targets[agent.target], ...chain];
  return [...new Set(candidates.filter((model) => typeof model === 'string'))];
}

function findRefusal({ permissionMode, rules }: RouteInput, writes: boolean): string | null {
  if (permissionMode === undefined) return null;
  const { delegateWrites } = rules.permissions;
  const envelope = decideEnvelope({ writes, permissionMode, delegateWrites });
  return envelope.kind === 'stay' ? `permission-${envelope.reason}` : null;
}

function refuse(
  resolved: ResolvedAgent,
  trail: readonly TrailEntry[],
  last: { readonly step: DecisionStep; readonly said: string },
): ExplainedRoute {
  return { decision: keep(resolved, last.step, last.said), trail: [...trail, last] };
}

function keep(resolved: ResolvedAgent, step: DecisionStep, reason: string): NativeDecision {
  return { route: false, reason, step, agent: identify(resolved), target: null, opencodeAgent: null };
}

function identify({ requested, agent, known }: ResolvedAgent): Decision['agent'] {
  return { requested, name: agent.name, known };
}

function nameTarget({ provider, model }: Target): string {
  return `${provider}/${model}`;
}
