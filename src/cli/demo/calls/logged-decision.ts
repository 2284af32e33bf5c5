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

/**
 * A routed call that failed has a second line: under its own id where the daemon could write it, under none where
 * the daemon was lost.
 */
export function readDecisions(lines: readonly string[]): readonly LoggedDecision[] {
  const decisions: LoggedDecision[] = [];
  for (const line of lines) {
    const entry = readLine(line);
    if (entry === null) continue;
    const earlier = decisions.findLastIndex((one) => isAbout(entry, one));
    const decided = decisions[earlier];
    if (decided === undefined) decisions.push(entry);
    else decisions[earlier] = { ...decided, failed: entry.reason };
  }
  return decisions;
}

function isAbout(entry: LoggedDecision, earlier: LoggedDecision): boolean {
  if (entry.requestId !== '') return entry.requestId === earlier.requestId;
  return earlier.agent === entry.agent && earlier.route && earlier.failed === null;
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
  const reason = asText(entry.reason);
  if (reason === '') return null;
  return {
    requestId: asText(entry.requestId),
    sessionId: asText(entry.sessionId),
    agent: asText(entry.subagentType),
    route: entry.decision === 'route',
    reason,
    provider: asText(entry.provider),
    model: typeof entry.model === 'string' ? entry.model : null,
    failed: null,
  };
}
