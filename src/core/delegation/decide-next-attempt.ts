// A try has failed: may the work be tried again, and where? Nothing that somebody may have seen, or that may have
// left its mark on a disk, is done a second time.
//
//   failed ──► was anything handed out, may it have acted, or does it go on with a conversation?  ──yes──► give up
//                │ no
//                ├── the model's provider could not answer ──► the next model, each once; when none is left, give up
//                ├── its server was lost, or did not work ──► elsewhere, once
//                └── anything else ──► give up

import type { Grant } from '../permissions/envelope.ts';
import type { Target } from '../routing/decision.ts';
import type { FailureCode } from './failure.ts';
import { concernsProvider } from './failure.ts';

export type FailedAttempt = {
  readonly code: FailureCode;
  readonly grant: Grant['kind'];
  /** Some of its text was handed out. */
  readonly handedOut: boolean;
  /** It was given its prompt, so from then on it may have used tools. */
  readonly hadPrompt: boolean;
  /** A tool is known to have begun. Not told of the last ones where a server was lost. */
  readonly usedTools: boolean;
  /** It went on with what was said in an earlier turn. */
  readonly continues: boolean;
};

export type NextAttempt = 'next-model' | 'elsewhere' | 'give-up';

export type Chances = {
  readonly modelsLeft: number;
  /** How often the work was tried elsewhere already. */
  readonly triedElsewhere: number;
};

const MAX_ELSEWHERE = 1;

export function decideNextAttempt(failed: FailedAttempt, chances: Chances): NextAttempt {
  if (failed.handedOut || failed.continues || mayHaveActed(failed)) return 'give-up';
  if (isModelAtFault(failed.code)) return chances.modelsLeft > 0 ? 'next-model' : 'give-up';
  if (isServerAtFault(failed.code) && chances.triedElsewhere < MAX_ELSEWHERE) return 'elsewhere';
  return 'give-up';
}

/** Whether the work may have left a mark that its ending does not tell of. */
export function mayHaveActed({
  grant,
  code,
  hadPrompt,
  usedTools,
}: Omit<FailedAttempt, 'continues'>): boolean {
  if (grant === 'read-only' || !hadPrompt) return false;
  return usedTools || code === 'server-died' || code === 'internal';
}

function isServerAtFault(code: FailureCode): boolean {
  return code === 'server-died' || code === 'server-refused';
}

/**
 * Who is left after this target has failed. A refused key and a provider that is down concern all of its models; limits
 * are often a model's own.
 */
export function listRemaining(
  failed: Target,
  code: FailureCode,
  others: readonly Target[],
): readonly Target[] {
  return concernsProvider(code) ? others.filter(({ provider }) => provider !== failed.provider) : others;
}

/** Another model may do better. Not a text that is too long: Claude takes more than most. */
export function isModelAtFault(code: FailureCode): boolean {
  switch (code) {
    case 'provider-rate-limited':
    case 'provider-quota-exhausted':
    case 'provider-unavailable':
    case 'provider-refused-key':
    case 'no-direct-access':
    case 'provider-silent':
    case 'provider-garbage':
    case 'provider-error':
    case 'model-not-found':
      return true;
    default:
      return false;
  }
}
