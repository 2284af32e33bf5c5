// The steps of the decision tree. Each answers one question, or leaves it to the next with `null`.

import type { Agent, Tier } from '../agents/agent.ts';
import type { ResolvedAgent } from '../agents/resolve-agent.ts';
import type { BudgetVerdict } from '../budget/judge-call.ts';
import type { PaceLevel } from '../quota/advance-pace.ts';
import { findSpentWindow } from '../quota/find-spent-window.ts';
import type { QuotaReadings, QuotaWindow } from '../quota/reading.ts';
import type { CompiledRule } from '../rules/compile-rules.ts';
import type { SessionMode } from '../session-mode/session-mode.ts';
import { settleSession } from '../session-mode/settle-session.ts';
import type { DirectReach } from './decide-engine.ts';
import type { Block, DecisionStep } from './decision.ts';
import type { Mode } from './mode.ts';
import type { RoutingRules } from './rules.ts';

export type Verdict = {
  readonly route: boolean;
  readonly reason: string;
  readonly block?: Block;
};

export type FallbackSwitch = {
  readonly active: boolean;
  /** A person has switched it off by hand: then the limit, which is the same question, is silent too. */
  readonly heldOff?: boolean | undefined;
};

/** How far the cheap roles are shifted so that the window lasts, see advance-pace.ts. */
export type Pace = {
  readonly level: PaceLevel;
  readonly window: QuotaWindow;
  readonly percentAtReset: number;
};

/** All that the steps read. */
export type Question = {
  readonly resolved: ResolvedAgent;
  readonly rules: RoutingRules;
  /** The one rule of the user's that speaks for this call. */
  readonly rule: CompiledRule | null;
  /** The switch that scripts set beside the configuration. */
  readonly enabled?: boolean | undefined;
  readonly mode: Mode;
  /** What was asked of the session that makes the call. */
  readonly session?: SessionMode | undefined;
  readonly fallback: FallbackSwitch;
  readonly quota: QuotaReadings;
  readonly pace?: Pace | undefined;
  readonly now: number;
  readonly permissionMode?: string | undefined;
  readonly reach?: DirectReach | undefined;
  readonly connectedModels?: ReadonlySet<string> | undefined;
  readonly untrusted?: boolean | undefined;
  readonly budget?: BudgetVerdict | null | undefined;
};

type Step = (question: Question) => Verdict | null;

const route = (reason: string): Verdict => ({ route: true, reason });
const stay = (reason: string): Verdict => ({ route: false, reason });

const askSwitch: Step = ({ rules, enabled }) => {
  if (!rules.routing.enabled || enabled === false) return stay('routing-disabled');
  return rules.routing.autoDelegate ? null : stay('auto-delegate-off');
};

/** Before everything that could move the call or keep it: that is what it means to force. */
const askForce: Step = ({ resolved, rule }) => {
  if (rule === null) return null;
  const reason = nameRule(rule, resolved);
  switch (rule.rule.action) {
    case 'block':
      return { ...stay(reason), block: { rule: rule.rule.id, message: rule.rule.message ?? '' } };
    case 'force_claude':
      return stay(reason);
    case 'force_opencode':
      return route(reason);
    default:
      return null;
  }
};

/** Before the emergencies: what nobody has said may move is not moved by them either. */
const askAgent: Step = ({ resolved, rule }) => {
  if (resolved.agent.residence !== 'always') return null;
  if (rule?.rule.action === 'prefer_opencode') return null;
  return stay(resolved.known ? `claude-only-${resolved.agent.name}` : 'unknown-agent');
};

const askFallback: Step = ({ fallback }) => (fallback.active ? route('fallback-active') : null);

const askLimit: Step = ({ quota, rules, now, fallback }) => {
  if (fallback.heldOff === true) return null;
  const spent = findSpentWindow(quota, rules.threshold, now);
  return spent && route(`claude-limit-${Math.floor(spent.percent)}%`);
};

/** `target` says where to, not whether. */
const askRule: Step = ({ resolved, rule }) => {
  if (rule?.rule.action === 'prefer_claude') return stay(nameRule(rule, resolved));
  return rule?.rule.action === 'prefer_opencode' ? route(nameRule(rule, resolved)) : null;
};

/** It answers for all that come after it: what is asked of one session holds in place of what holds for all. */
const askSession: Step = ({ resolved: { agent }, session, rules, quota, now }) => {
  if (session === undefined) return null;
  const { as, everything, percent } = settleSession(session, quota, rules, now);
  if (!everything && !movesUnder(as, agent)) return stay(`session-${session}-keeps-${agent.name}`);
  const at = percent === null ? '' : `${Math.floor(percent)}%-`;
  return route(`session-${session}-${at}${agent.name}`);
};

/** As save-tokens mode would, from the warning on; only the user's word makes it more than a suggestion. */
const askUsage: Step = ({ resolved: { agent }, rules, mode, quota, now }) => {
  if (!rules.autoHandoff || mode !== 'default' || !agent.saveTokens) return null;
  const scarce = findSpentWindow(quota, rules.routing.usageThreshold, now);
  return scarce && route(`claude-usage-${Math.floor(scarce.percent)}%-${agent.name}`);
};

const PACE_LEVELS: Readonly<Record<Tier, PaceLevel>> = { low: 1, medium: 2, high: 3 };

const askPace: Step = ({ resolved: { agent }, pace }) => {
  if (pace === undefined || !agent.saveTokens || pace.level < PACE_LEVELS[agent.tier]) return null;
  return route(`pace-${pace.window}-${Math.floor(pace.percentAtReset)}%-${agent.name}`);
};

const askMode: Step = ({ resolved: { agent }, mode }) => {
  if (mode === 'default') return null;
  const moves = movesUnder(mode, agent);
  if (mode === 'fusion')
    return moves ? route(`fusion-default-${agent.name}`) : stay(`fusion-keeps-${agent.name}`);
  return moves ? route(`token-saving-agent-${agent.name}`) : stay(`save-tokens-keeps-${agent.name}`);
};

function movesUnder(mode: Mode, { residence, saveTokens }: Agent): boolean {
  if (mode === 'fusion') return residence === 'routable' || residence === 'unless-fusion';
  return mode === 'save-tokens' && saveTokens;
}

export const STEPS: readonly (readonly [DecisionStep, Step])[] = [
  ['switch', askSwitch],
  ['force', askForce],
  ['agent', askAgent],
  ['fallback', askFallback],
  ['limit', askLimit],
  ['rule', askRule],
  ['session', askSession],
  ['usage', askUsage],
  ['pace', askPace],
  ['mode', askMode],
];

/** `rule-force-claude-ID`; a list of agents has no id, and names the agent. */
function nameRule({ rule, from }: CompiledRule, { agent }: ResolvedAgent): string {
  return `rule-${rule.action.replace('_', '-')}-${from === 'rules' ? rule.id : agent.name}`;
}
