// What did OMCM decide for each call? As its routing log has it.
import { asObject, asText, parseJson } from '../../../simulation/json.ts';
import type { ObservedCall } from './observe-calls.ts';

export type LoggedDecision = {
  readonly requestId: string;
  readonly sessionId: string;
  /** As it was asked for. */
  readonly agent: string;
  readonly route: boolean;
  readonly reason: string;
  readonly provider: string;
  readonly model: string | null;
  /** Why a routed call came back to Claude after all, or ended half done. */
  readonly failed: string | null;
};

/** A routed call that failed has a second line under the same id. */
export function readDecisions(lines: readonly string[]): readonly LoggedDecision[] {
  const decisions = new Map<string, LoggedDecision>();
  for (const line of lines) {
    const decision = readLine(line);
    if (decision === null) continue;
    const first = decisions.get(decision.requestId);
    decisions.set(decision.requestId, first === undefined ? decision : { ...first, failed: decision.reason });
  }
  return [...decisions.values()];
}

/** The log does not name the call, so the second call of an agent has its second decision. */
export function decisionFor(
  call: ObservedCall,
  calls: readonly ObservedCall[],
  decisions: readonly LoggedDecision[],
): LoggedDecision | null {
  const place = calls.filter(({ agent }) => agent === call.agent).indexOf(call);
  return decisions.filter(({ agent }) => agent === call.agent)[place] ?? null;
}

function readLine(line: string): LoggedDecision | null {
  const entry = asObject(parseJson(line));
  const requestId = asText(entry.requestId);
  if (requestId === '') return null;
  return {
    requestId,
    sessionId: asText(entry.sessionId),
    agent: asText(entry.subagentType),
    route: entry.decision === 'route',
    reason: asText(entry.reason),
    provider: asText(entry.provider),
    model: typeof entry.model === 'string' ? entry.model : null,
    failed: null,
  };
}
