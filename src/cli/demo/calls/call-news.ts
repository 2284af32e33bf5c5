// What is there to tell about the calls of a running session that has not been told yet?
import { decisionFor, type LoggedDecision } from './logged-decision.ts';
import type { ObservedCall } from './observe-calls.ts';

export type CallNews = {
  readonly kind: 'started' | 'ended';
  readonly call: ObservedCall;
  readonly decision: LoggedDecision | null;
};

/** A call that starts is told once it is known where it goes, at the latest when it has ended. */
export function newsOf(
  calls: readonly ObservedCall[],
  decisions: readonly LoggedDecision[],
  isTold: (news: CallNews) => boolean,
): readonly CallNews[] {
  const news = calls.flatMap((call): readonly CallNews[] => {
    const decision = decisionFor(call, calls, decisions);
    const hasEnded = call.endedAt !== null;
    return [
      ...(decision !== null || hasEnded ? [{ kind: 'started', call, decision } as const] : []),
      ...(hasEnded ? [{ kind: 'ended', call, decision } as const] : []),
    ];
  });
  return news.filter((one) => !isTold(one));
}

export function keyOf({ kind, call }: CallNews): string {
  return `${kind} ${call.toolUseId}`;
}
