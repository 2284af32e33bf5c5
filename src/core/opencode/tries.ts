// Does OpenCode ask its provider in vain? It would do so for over a minute after a refusal, and for ever, some
// fourteen times a second, after empty answers (1.18.33); whoever waits is better served by another model.
//
//   step ──► asked ──► heard (text, a tool) ──► step …       as it should be
//               └──► asked again in the same step            a retry
//   step, step, step, step: nothing heard in between         an endless loop

import { type Failure, failure } from '../delegation/failure.ts';
import { classifyRetry } from './classify-failure.ts';
import type { LogNews } from './log-line.ts';

export type Tries = {
  readonly asked: boolean;
  /** What the provider said last, if it was no answer. */
  readonly complaint: string | null;
  readonly begun: boolean;
  readonly heard: boolean;
  readonly emptySteps: number;
};

export const NO_TRIES: Tries = { asked: false, complaint: null, begun: false, heard: false, emptySteps: 0 };

/** Three in a row are no accident. */
export const MAX_EMPTY_STEPS = 3;

export type Followed = { readonly tries: Tries; readonly failure: Failure | null };

export function followTries(tries: Tries, news: LogNews): Followed {
  switch (news.kind) {
    case 'step':
      return beginStep(tries);
    case 'asked':
      if (tries.asked) return { tries, failure: failureOf(tries) };
      return { tries: { ...tries, asked: true, complaint: null }, failure: null };
    case 'complaint':
      return { tries: { ...tries, complaint: news.message }, failure: null };
    default:
      return { tries, failure: null };
  }
}

/** Something came from the provider. */
export function hear(tries: Tries): Tries {
  return tries.heard ? tries : { ...tries, heard: true };
}

/**
 * Whether the provider's last word is one after which OpenCode asks again, unless it says at once that it gives up.
 * Not where the text was too long: then it makes the conversation shorter first.
 */
export function isLikelyRetried({ complaint }: Tries): boolean {
  return complaint !== null && !/context|too (long|large)|maximum.{0,40}tokens/i.test(complaint);
}

export function failureOf({ complaint }: Tries): Failure {
  return classifyRetry(complaint ?? 'The answer broke off.');
}

function beginStep(before: Tries): Followed {
  const emptySteps = before.begun && !before.heard ? before.emptySteps + 1 : 0;
  const tries = { ...NO_TRIES, begun: true, emptySteps };
  return { tries, failure: emptySteps < MAX_EMPTY_STEPS ? null : failure('provider-garbage') };
}
