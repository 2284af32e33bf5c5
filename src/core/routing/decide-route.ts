// Who answers this subagent, and why?
//
//   switch ─ force ─ agent ─ fallback ─ limit ─ rule ─ session ─ usage ─ pace ─ mode ─ default
//              │                 │        │       │       │        │       │      │
//              └─────────────────┴────────┴───────┴───┬───┴────────┴───────┴──────┘ route
//                                 target ─ engine ─ permission ─ trust ─ budget ─ shadow   each may still keep it on Claude
//
// The first that answers decides.

import { type ResolvedAgent, resolveAgent } from '../agents/resolve-agent.ts';
import { ROLE_LABELS } from '../agents/target-role.ts';
import type { BudgetVerdict } from '../budget/judge-call.ts';
import { decideEnvelope } from '../permissions/envelope.ts';
import type { QuotaReadings } from '../quota/reading.ts';
import type { PromptFacts } from '../rules/call-facts.ts';
import { compiledRulesOf } from '../rules/compile-rules.ts';
import { findRule } from '../rules/find-rule.ts';
import type { SessionMode } from '../session-mode/session-mode.ts';
import { type DirectReach, decideEngine, type EngineChoice } from './decide-engine.ts';
import type { Decision, DecisionStep, NativeDecision, Target, TrailEntry } from './decision.ts';
import { describeCall } from './describe-call.ts';
import { listCandidates } from './list-candidates.ts';
import { listTargets } from './list-targets.ts';
import { decidingMode, type Mode } from './mode.ts';
import type { RoutingRules } from './rules.ts';
import { type FallbackSwitch, type Pace, type Question, STEPS, type Verdict } from './steps.ts';

export type RouteInput = {
  /** The subagent_type as Claude Code gives it. */
  readonly agent: string;
  readonly rules: RoutingRules;
  /** The mode that holds, whoever set it. */
  readonly mode: Mode;
  /** What was asked of the session that makes the call. */
  readonly session?: SessionMode | undefined;
  /** The switch that scripts set beside the configuration; left out, it is on. */
  readonly enabled?: boolean | undefined;
  readonly fallback: FallbackSwitch;
  readonly quota: QuotaReadings;
  /** Left out where routing by pace is off. */
  readonly pace?: Pace | undefined;
  readonly now: number;
  /** The session's permission mode; left out where no session asks, and then nothing is checked. */
  readonly permissionMode?: string | undefined;
  /** What is known of the way past OpenCode; left out, and there is none. */
  readonly reach?: DirectReach | undefined;
  /** `provider/model` in OpenCode's spelling; left out where OpenCode has not been asked. */
  readonly connectedModels?: ReadonlySet<string> | undefined;
  /** The project brings files that nobody has trusted, so nothing is delegated from it. */
  readonly untrusted?: boolean | undefined;
  /** What rules may ask besides; what is left out fulfils no condition. */
  readonly project?: string | undefined;
  /** Minutes since midnight where the user is. */
  readonly minuteOfDay?: number | undefined;
  readonly prompt?: PromptFacts | undefined;
  /** What the user's budgets say against it, `null` for nothing; left out where there are none, and nobody asks. */
  readonly budget?: BudgetVerdict | null | undefined;
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
  const question = toQuestion(input);
  const trail: TrailEntry[] = [];
  for (const [step, ask] of STEPS) {
    const verdict = ask(question);
    trail.push({ step, said: verdict?.reason ?? null });
    if (verdict?.route === false) return { decision: stay(question, step, verdict), trail };
    if (verdict?.route) {
      const settled = settle(question, { reason: verdict.reason, step, trail });
      return input.mode === 'shadow' ? inShadow(settled) : settled;
    }
  }
  return {
    decision: keep(question.resolved, 'default', 'default'),
    trail: [...trail, { step: 'default', said: 'default' }],
  };
}

/** What the steps read, with what follows from the input put beside it. */
export function toQuestion(input: RouteInput): Question {
  const resolved = resolveAgent(input.agent, input.rules.agents);
  const rule = findRule(compiledRulesOf(input.rules), describeCall(input, resolved));
  // Field by field: a spread of that many takes longer than all the steps together.
  return {
    resolved,
    rule,
    rules: input.rules,
    enabled: input.enabled,
    mode: decidingMode(input.mode),
    session: input.session,
    fallback: input.fallback,
    quota: input.quota,
    pace: input.pace,
    now: input.now,
    permissionMode: input.permissionMode,
    reach: input.reach,
    connectedModels: input.connectedModels,
    untrusted: input.untrusted,
    budget: input.budget,
  };
}

type Routed = {
  readonly reason: string;
  readonly step: DecisionStep;
  readonly trail: readonly TrailEntry[];
};

/** The tree has said "route": is there a model for it, and may it do its work there? */
function settle(question: Question, { reason, step, trail }: Routed): ExplainedRoute {
  const { resolved } = question;
  const { agent } = resolved;
  const { role, models } = listCandidates(question, step);
  const [target, ...alternatives] = listTargets(models, question.connectedModels ?? null);
  if (!target) return refuse(resolved, trail, { step: 'target', said: `no-model-${role}` });
  const chosen = chooseEngine(question, [target, ...alternatives]);
  const { engine, targets, why } = chosen;
  const asked: readonly TrailEntry[] = [
    ...trail,
    { step: 'target', said: nameTarget(targets[0]) },
    ...(question.reach === undefined ? [] : [{ step: 'engine' as const, said: describeEngine(chosen) }]),
  ];

  const refusal = engine === 'native-tools' ? null : findRefusal(question);
  const engineWhy = question.reach === undefined ? undefined : why;
  if (refusal) return notPermitted(refuse(resolved, asked, { step: 'permission', said: refusal }), engineWhy);
  const permitted: readonly TrailEntry[] = [...asked, { step: 'permission', said: null }];
  const { budget, untrusted } = question;
  if (untrusted === true) return refuse(resolved, permitted, { step: 'trust', said: NOT_TRUSTED });
  if (budget) return overBudget(resolved, permitted, budget);
  return {
    decision: {
      route: true,
      engine,
      ...(engineWhy === undefined ? {} : { engineWhy }),
      reason,
      step,
      agent: identify(resolved),
      target: targets[0],
      alternatives: targets.slice(1),
      role,
      roleLabel: ROLE_LABELS[role],
      opencodeAgent: agent.opencodeAgent,
      tier: agent.tier,
      writes: agent.writes,
    },
    trail: budget === undefined ? permitted : [...permitted, { step: 'budget', said: null }],
  };
}

/** Nothing is routed in a shadow, not even in an emergency; what a rule forbids stays forbidden. */
function inShadow({ decision, trail }: ExplainedRoute): ExplainedRoute {
  if (!decision.route) return { decision, trail };
  const { agent, reason, step, target, role } = decision;
  const said = `shadow-${reason}`;
  return {
    decision: {
      route: false,
      reason: said,
      step: 'shadow',
      agent,
      target: null,
      opencodeAgent: null,
      shadow: { reason, step, target, role },
    },
    trail: [...trail, { step: 'shadow', said }],
  };
}

export const NOT_TRUSTED = 'project-not-trusted';

/** The rule's word counts before the agent's settings, and those before what holds for all. */
export function chooseEngine(question: Question, targets: readonly [Target, ...Target[]]): EngineChoice {
  const { rule, resolved, rules, reach } = question;
  const wish = rule?.rule.engine ?? resolved.settings.engine ?? rules.engine ?? 'auto';
  const { writes } = resolved.agent;
  return decideEngine({ wish, writes, targets, reach, mayOpencode: findRefusal(question) === null });
}

export function describeEngine({ engine, why }: EngineChoice): string {
  return `${engine}-${why}`;
}

/** What the permissions say against its being done by OpenCode; Claude Code's own hands ask for each themselves. */
export function findRefusal({ permissionMode, rules, resolved }: Question): string | null {
  if (permissionMode === undefined) return null;
  const { delegateWrites } = rules.permissions;
  const { writes } = resolved.agent;
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

function notPermitted(refused: ExplainedRoute, engineWhy: string | undefined): ExplainedRoute {
  if (refused.decision.route || engineWhy === undefined) return refused;
  return { ...refused, decision: { ...refused.decision, engineWhy } };
}

function overBudget(
  resolved: ResolvedAgent,
  trail: readonly TrailEntry[],
  { reason, block }: BudgetVerdict,
): ExplainedRoute {
  const refused = refuse(resolved, trail, { step: 'budget', said: reason });
  if (block === null || refused.decision.route) return refused;
  return { ...refused, decision: { ...refused.decision, block: { rule: null, message: block } } };
}

function stay({ resolved }: Question, step: DecisionStep, { reason, block }: Verdict): NativeDecision {
  const kept = keep(resolved, step, reason);
  return block === undefined ? kept : { ...kept, block };
}

function keep(resolved: ResolvedAgent, step: DecisionStep, reason: string): NativeDecision {
  return { route: false, reason, step, agent: identify(resolved), target: null, opencodeAgent: null };
}

function identify({ requested, agent, known }: ResolvedAgent): Decision['agent'] {
  return { requested, name: agent.name, known };
}

/** As the trail and the log write it. */
export function nameTarget({ provider, model }: Target): string {
  return `${provider}/${model}`;
}
