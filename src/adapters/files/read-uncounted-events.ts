// What metrics.json has not counted yet: the later lines of the routing log and of the outcomes, as events.
import { type DecisionFacts, toRoutingEvent, toTaskEvent } from '../../core/tracking/to-event.ts';
import type { TrackedEvent } from '../../core/tracking/tracked-event.ts';
import type { Counted } from './metrics-state.ts';
import { parseTime } from './parse-time.ts';
import type { Paths } from './paths.ts';
import type { JsonObject } from './read-json-object.ts';
import { readLogAfter } from './read-log-after.ts';

export type UncountedEvents = { readonly events: readonly TrackedEvent[]; readonly counted: Counted };

type Logs = Pick<Paths, 'routingLogFile' | 'outcomeLogFile'>;

/** Throws the file system's errors. */
export async function readUncountedEvents(logs: Logs, counted: Counted): Promise<UncountedEvents> {
  const isOutcome = (line: JsonObject) => line.requestId === counted.outcome;
  const [decisions, outcomes] = await Promise.all([
    readLogAfter(
      logs.routingLogFile,
      counted.decision,
      (line) => isDecision(line) && line.requestId === counted.decision,
    ),
    readLogAfter(logs.outcomeLogFile, counted.outcome, isOutcome),
  ]);
  const decided = decisions.filter(isDecision);
  return {
    events: [...decided.flatMap(decisionEvent), ...outcomes.flatMap(outcomeEvent)],
    counted: {
      decision: lastRequest(decided) ?? counted.decision,
      outcome: lastRequest(outcomes) ?? counted.outcome,
    },
  };
}

/** The others tell what became of a decision, or come from a hook that found no daemon. */
function isDecision({ reason, requestId }: JsonObject): boolean {
  return typeof requestId === 'string' && requestId !== '' && !String(reason).startsWith('failed-');
}

function decisionEvent(line: JsonObject): readonly TrackedEvent[] {
  const timestamp = parseTime(line.timestamp);
  if (timestamp === null) return [];
  const facts: DecisionFacts = {
    timestamp,
    agent: textOf(line.agent),
    subagentType: textOf(line.subagentType),
    provider: textOf(line.provider),
    durationMs: numberOf(line.durationMs),
    cached: typeof line.cached === 'boolean' ? line.cached : undefined,
  };
  return [toRoutingEvent(facts)];
}

function outcomeEvent(line: JsonObject): readonly TrackedEvent[] {
  const timestamp = parseTime(line.timestamp);
  if (timestamp === null) return [];
  const tokens = (line.tokens ?? {}) as JsonObject;
  const event = toTaskEvent({
    timestamp,
    agent: textOf(line.agent) ?? '',
    provider: textOf(line.provider) ?? '',
    failure: textOf(line.failure),
    tokens: {
      input: numberOf(tokens.input),
      output: numberOf(tokens.output),
      reasoning: numberOf(tokens.reasoning),
      cacheRead: numberOf(tokens.cacheRead),
      cacheWrite: numberOf(tokens.cacheWrite),
    },
    costUsd: numberOf(line.costUsd),
    durationMs: numberOf(line.durationMs),
  });
  return [event];
}

function lastRequest(lines: readonly JsonObject[]): string | null {
  return textOf(
    lines.findLast(({ requestId }) => typeof requestId === 'string' && requestId !== '')?.requestId,
  );
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) && value > 0 ? value : 0;
}
