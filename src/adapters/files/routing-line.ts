// One line of routing-log.jsonl. Apart from the file's own rules, so that a hook can write one without loading them.
import { formatTime } from './parse-time.ts';

export type RoutingLogEntry = {
  /** Milliseconds since the epoch; the file says it in ISO 8601. */
  readonly timestamp: number;
  readonly requestId: string;
  readonly sessionId: string | null;
  /** The real tool: Agent or Task. */
  readonly toolName: string;
  /** As it was asked for. */
  readonly subagentType: string | null;
  /** The normalised name. */
  readonly agent: string | null;
  /** `block`: by a rule of the user's, neither Claude nor another model answered. */
  readonly decision: 'route' | 'native' | 'block';
  readonly reason: string;
  readonly target: 'opencode' | 'claude' | 'nobody';
  readonly provider: string | null;
  readonly model: string | null;
  readonly durationMs: number;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export type RoutingLogExtra = { readonly [key: string]: Json };

export function renderRoutingLine(entry: RoutingLogEntry, extra: RoutingLogExtra): string {
  const { timestamp, requestId, sessionId, toolName, subagentType, agent } = entry;
  const { decision, reason, target, provider, model, durationMs } = entry;
  const time = formatTime(timestamp);
  const who = { timestamp: time, requestId, sessionId, toolName, subagentType, agent };
  const what = { decision, reason, target, provider, model, durationMs };
  // The fields come last to win, and first to be read first.
  return JSON.stringify({ ...who, ...what, ...extra, ...who, ...what });
}
