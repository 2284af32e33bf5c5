// The steps of the decision tree. Each answers one question, or leaves it to the next with `null`.

import type { Tier } from '../agents/agent.ts';
import { isNamedBy, type ResolvedAgent } from '../agents/resolve-agent.ts';
import type { PaceLevel } from '../quota/advance-pace.ts';
import { findSpentWindow } from '../quota/find-spent-window.ts';
import type { QuotaReadings, QuotaWindow } from '../quota/reading.ts';
import type { DecisionStep } from './decision.ts';
import type { Mode } from './mode.ts';
import type { RoutingRules } from './rules.ts';

export type Verdict = { readonly route: boolean; readonly reason: string };

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
  readonly mode: Mode;
  readonly fallback: FallbackSwitch;
  readonly quota: QuotaReadings;
  readonly pace?: Pace | undefined;
  readonly now: number;
};

type Step = (question: Question) => Verdict | null;

const route = (reason: string): Verdict => ({ route: true, reason });
const stay = (reason: string): Verdict => ({ route: false, reason });

const askSwitch: Step = ({ rules }) => {
  if (!rules.routing.enabled) return stay('routing-disabled');
  return rules.routing.autoDelegate ? null : stay('auto-delegate-off');
};

/** Before the emergencies: what nobody has said may move is not moved by them either. */
const askAgent: Step = ({ resolved, rules }) => {
  if (resolved.agent.residence !== 'always') return null;
  if (isListed(resolved, rules.routing.preferOpencode)) return null;
  return stay(resolved.known ? `claude-only-${resolved.agent.name}` : 'unknown-agent');
};

const askFallback: Step = ({ fallback }) => (fallback.active ? route('fallback-active') : null);

const askLimit: Step = ({ quota, rules, now, fallback }) => {
  if (fallback.heldOff === true) return null;
  const spent = findSpentWindow(quota, rules.threshold, now);
  return spent && route(`claude-limit-${Math.floor(spent.percent)}%`);
};

/** An agent in both lists stays: a contradiction must not spend money elsewhere. */
const askRule: Step = ({ resolved, rules: { routing } }) => {
  const { name } = resolved.agent;
  const stays = resolved.settings.stays === true || isListed(resolved, routing.preferClaude);
  if (stays) return stay(`rule-prefer-claude-${name}`);
  return isListed(resolved, routing.preferOpencode) ? route(`rule-prefer-opencode-${name}`) : null;
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
  if (mode === 'fusion') {
    const moves = agent.residence === 'routable' || agent.residence === 'unless-fusion';
    return moves ? route(`fusion-default-${agent.name}`) : stay(`fusion-keeps-${agent.name}`);
  }
  return agent.saveTokens
    ? route(`token-saving-agent-${agent.name}`)
    : stay(`save-tokens-keeps-${agent.name}`);
};

export const STEPS: readonly (readonly [DecisionStep, Step])[] = [
  ['switch', askSwitch],
  ['agent', askAgent],
  ['fallback', askFallback],
  ['limit', askLimit],
  ['rule', askRule],
  ['usage', askUsage],
  ['pace', askPace],
  ['mode', askMode],
];

function isListed({ agent, plugin }: ResolvedAgent, list: readonly string[]): boolean {
  return list.some((entry) => isNamedBy(entry, { name: agent.name, plugin }));
}
