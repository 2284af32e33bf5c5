/** The library: the names that the seed gives, over the pure core. */

import {
  shouldRouteToOpenCode as decideAt,
  type RouteAnswer,
  type RouteOptions,
  type ToolInput,
} from './core/routing/should-route-to-opencode.ts';

export type { Agent, OpencodeAgent, Residence, TargetRole, Tier } from './core/agents/agent.ts';
export type { AgentSettings } from './core/agents/resolve-agent.ts';
export type { RoleLabel } from './core/agents/target-role.ts';
export type { QuotaReadings, QuotaWindow, WindowReading } from './core/quota/reading.ts';
export type { ProviderName, Target } from './core/routing/decision.ts';
export type { PartialRules, RoutingRules } from './core/routing/rules.ts';
export type { Conditions, RuleAction, UserRule } from './core/rules/user-rule.ts';
export type { RouteAnswer, RouteOptions, ToolInput };

/**
 * Whether a subagent call should be answered by another model.
 *
 * @example
 * shouldRouteToOpenCode({ subagent_type: 'oh-my-claudecode:architect' }, { mode: 'fusion' })
 * // { route: true, reason: 'fusion-default-architect', targetModel: { id: 'gpt-5.2', name: 'GPT-5.2' }, … }
 *
 * @returns Never throws: what cannot be understood stays on Claude, with a reason.
 */
export function shouldRouteToOpenCode(toolInput: ToolInput, options: RouteOptions = {}): RouteAnswer {
  return decideAt(toolInput, options, Date.now());
}
