// What does one more failure make of a server?

import { backoffMs } from '../backoff.ts';
import type { PoolContext } from './pool-limits.ts';
import type { Failures, Life, Server } from './server-state.ts';

/** A remote is never given up: asking it again costs nothing. */
export function chargeFailure(server: Server, failures: Failures, { limits, now }: PoolContext): Server {
  if (server.kind === 'own' && failures.times >= limits.giveUpAfter) {
    return { ...server, state: { name: 'given-up', failures, since: now } };
  }
  const retryAt = now + backoffMs(failures.times, limits.restart);
  return { ...server, state: { name: 'failed', failures, retryAt } };
}

export function addFailure(earlier: Failures | null, why: string): Failures {
  return { times: (earlier?.times ?? 0) + 1, why };
}

/** A life that proved itself wipes out the failures before it. */
export function addFailureAfter(
  life: Life & { readonly failures: Failures | null },
  why: string,
  { limits, now }: PoolContext,
): Failures {
  const proven = life.tasksDone > 0 || now - life.startedAt >= limits.provenAfterMs;
  return addFailure(proven ? null : life.failures, why);
}
