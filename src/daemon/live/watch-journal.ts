/** What is written down of decisions is shown too, and nothing else: page and log cannot disagree. */
import type { RoutingLogEntry, RoutingLogExtra } from '../../adapters/files/routing-line.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { LiveDecision, LiveStep } from '../../core/live/live-state.ts';
import type { Journal } from '../tracking/create-journal.ts';
import type { LiveFeed } from './live-feed.ts';

export function watchJournal(journal: Journal, { note }: Pick<LiveFeed, 'note'>): Journal {
  return {
    ...journal,
    decision: (entry, extra) => {
      note({ type: 'decision', decision: toDecision(entry, extra) });
      journal.decision(entry, extra);
    },
    afterwards: (entry, extra) => {
      note({ type: 'decision', decision: toDecision(entry, {}) });
      journal.afterwards(entry, extra);
    },
    outcome: (entry) => {
      const { requestId, provider, model, failure, tokens, timestamp } = entry;
      const state = failure === null ? 'done' : 'failed';
      const target = `${provider}/${model}`;
      const end = { state, target, failure, tokens: countTokens(tokens), endedAt: timestamp } as const;
      note({ type: 'task-ended', id: requestId, end });
      journal.outcome(entry);
    },
  };
}

function toDecision(entry: RoutingLogEntry, { steps }: RoutingLogExtra): LiveDecision {
  const { timestamp, requestId, agent, subagentType, sessionId, decision, reason } = entry;
  const { provider, model, durationMs } = entry;
  return {
    at: timestamp,
    requestId,
    agent: agent ?? subagentType ?? '',
    sessionId,
    decision,
    reason,
    provider,
    model,
    durationMs,
    steps: toSteps(steps),
  };
}

function toSteps(noted: RoutingLogExtra[string] | undefined): readonly LiveStep[] {
  return Object.entries(noted ?? {}).flatMap(([step, note]) => {
    const { said, route } = (note ?? {}) as { said?: unknown; route?: unknown };
    if (typeof said !== 'string') return [];
    return [{ step, said, route: typeof route === 'boolean' ? route : null }];
  });
}
