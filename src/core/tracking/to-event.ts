// The event that a line of a log tells of. What is counted while it happens and what is counted again after a restart
// come from the same lines.
import type { TokenUsage } from '../delegation/engine.ts';
import type { RoutingEvent, TaskEvent } from './tracked-event.ts';

export type DecisionFacts = {
  readonly timestamp: number;
  readonly agent: string | null;
  readonly subagentType: string | null;
  readonly provider: string | null;
  readonly durationMs: number;
  readonly cached?: boolean | undefined;
};

/** Nobody answers where a rule blocks. */
const NOBODY = 'nobody';

export function toRoutingEvent(line: DecisionFacts): RoutingEvent {
  const { timestamp, agent, subagentType, provider, durationMs, cached } = line;
  return {
    type: 'routing',
    timestamp,
    agent: agent ?? subagentType ?? '',
    provider: provider ?? NOBODY,
    responseTime: durationMs,
    ...(cached === undefined ? {} : { cached }),
  };
}

export type OutcomeFacts = {
  readonly timestamp: number;
  readonly agent: string;
  readonly provider: string;
  readonly failure: string | null;
  readonly tokens: TokenUsage;
  readonly costUsd: number;
  readonly durationMs: number;
};

export function toTaskEvent(line: OutcomeFacts): TaskEvent {
  const { timestamp, agent, provider, failure, tokens, costUsd, durationMs } = line;
  const { input, output, reasoning, cacheRead, cacheWrite } = tokens;
  return {
    type: 'task',
    timestamp,
    agent,
    provider,
    responseTime: durationMs,
    success: failure === null,
    tokens: { input, output, reasoning, cacheRead, cacheWrite },
    costUsd,
  };
}
