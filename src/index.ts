/** The library: the names that the seed gives, over the pure core and the daemon's own parts. */

import {
  type BalancerOptions,
  ProviderBalancer as PureBalancer,
} from './core/balancing/provider-balancer.ts';
import { seededRandom } from './core/balancing/seeded-random.ts';
import {
  FallbackOrchestrator as OrchestratorAt,
  type OrchestratorOptions,
} from './core/fallback/fallback-orchestrator.ts';
import {
  shouldRouteToOpenCode as decideAt,
  type RouteAnswer,
  type RouteOptions,
  type ToolInput,
} from './core/routing/should-route-to-opencode.ts';

export type { Agent, OpencodeAgent, Residence, TargetRole, Tier } from './core/agents/agent.ts';
export type { AgentSettings } from './core/agents/resolve-agent.ts';
export type { RoleLabel } from './core/agents/target-role.ts';
export type { CandidateFigures, LearnedFigures } from './core/balancing/explain-group.ts';
export type {
  RecordedError,
  SelectContext,
  Selection,
  TaskContext,
} from './core/balancing/provider-balancer.ts';
export type { ProviderSettings } from './core/balancing/provider-settings.ts';
export type { BalancerStats, ProviderStats } from './core/balancing/provider-stats.ts';
export type { Strategy as BalancingStrategy } from './core/balancing/strategy.ts';
export { parseDocument } from './core/context/parse-document.ts';
export { type DocumentStyle, renderDocument } from './core/context/render-document.ts';
export {
  type ParsedContext,
  parseContext,
  type SerialisedContext,
  serialiseContext,
} from './core/context/serialise-context.ts';
export type {
  ContextMeta,
  Decision,
  DelegatedWork,
  TodoLists,
  WorkContext,
} from './core/context/work-context.ts';
export type { FallbackEvent } from './core/fallback/fallback-event.ts';
export type { FallbackState } from './core/fallback/fallback-state.ts';
export type { QuotaReadings, QuotaWindow, WindowReading } from './core/quota/reading.ts';
export type { ProviderName, Target } from './core/routing/decision.ts';
export type { PartialRules, RoutingRules } from './core/routing/rules.ts';
export type { Conditions, RuleAction, UserRule } from './core/rules/user-rule.ts';
export type { BatchTask } from './core/scheduling/batch-task.ts';
export {
  canRunInParallel,
  type FileConflict,
  type ParallelVerdict,
} from './core/scheduling/can-run-in-parallel.ts';
export type { PlanProblem } from './core/scheduling/plan-tasks.ts';
export type { FailureMode } from './core/scheduling/run-event.ts';
export type { SkipReason, TaskEnd } from './core/scheduling/run-state.ts';
export type {
  SelectedStrategy,
  Strategy as ExecutionStrategyName,
  StrategyChoice,
} from './core/strategy/strategy.ts';
export type { Bucket, Metrics, ProviderUsage } from './core/tracking/metrics.ts';
export type { MetricsReport, MetricsSnapshot, Period } from './core/tracking/metrics-collector.ts';
export { type AnyEvent, RealtimeTracker, type TrackerOptions } from './core/tracking/realtime-tracker.ts';
export type { RoutingEvent, TaskEvent, TrackedEvent } from './core/tracking/tracked-event.ts';
export { buildContext, type SessionToHandOver } from './library/build-context.ts';
export {
  type ExecutionCircumstances,
  ExecutionStrategy,
  type ExecutionTask,
} from './library/execution-strategy.ts';
export type {
  ExecutionReport,
  ExecutorOptions,
  ExecutorTask,
  RunTask,
  TaskReport,
} from './library/executor-options.ts';
export { MetricsCollector } from './library/metrics-collector.ts';
export {
  DelegationError,
  OpenCodeServerPool,
  type PoolAnswer,
  type PoolTask,
} from './library/opencode-server-pool.ts';
export { ParallelExecutor, TaskPlanError } from './library/parallel-executor.ts';
export type { OpenCodeServerPoolOptions, PoolReport, ServerReport } from './library/pool-options.ts';
export { TaskRouter } from './library/task-router.ts';
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

/**
 * Shares work out among providers, fed by what was recorded of them.
 *
 * @example
 * const balancer = new ProviderBalancer({ providers: { openai: { weight: 2 }, gemini: { weight: 1 } } });
 * balancer.selectProvider('latency', { excludeProviders: ['openai'] });
 * // { provider: 'gemini', reason: 'Latency-based: no other provider is left' }
 *
 * @throws RangeError for a weight below zero, a provider named twice, or a strategy that does not exist.
 */
export class ProviderBalancer extends PureBalancer {
  constructor(options: BalancerSettings = {}) {
    const { now = Date.now, seed, random = seed === undefined ? Math.random : seededRandom(seed) } = options;
    super({ ...options, now, random });
  }
}

export type BalancerSettings = Omit<BalancerOptions, 'now' | 'random'> & {
  /** Epoch milliseconds; left out, the machine's clock. */
  readonly now?: (() => number) | undefined;
  /** Random numbers that can be had again. */
  readonly seed?: number | string | undefined;
  /** From 0 up to 1, without 1; it comes before `seed`. Left out both, they are the machine's. */
  readonly random?: (() => number) | undefined;
};

/**
 * Whether Claude is out: on at the threshold of either window, and back by rules that do not flap.
 *
 * @example
 * const fallback = new FallbackOrchestrator();
 * fallback.check({ claude: { fiveHour: { percent: 92, resetsAt: '2026-01-28T14:00:00Z' } } });
 * fallback.fallbackActive; // true before that time
 */
export class FallbackOrchestrator extends OrchestratorAt {
  constructor(options: Partial<OrchestratorOptions> = {}) {
    super({ now: Date.now, ...options });
  }
}
