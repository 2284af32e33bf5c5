/** Which of our failures is this error of OpenCode's? */

import { type Failure, type FailureCode, failure } from '../../core/delegation/failure.ts';
import type { SessionEvent } from './event-feed.ts';

type SessionError = NonNullable<Extract<SessionEvent, { type: 'session.error' }>['properties']['error']>;

/** A retry event has no status code, only the provider's prose: the first pattern that fits decides. */
const PROSE: readonly (readonly [RegExp, FailureCode])[] = [
  [/insufficient_quota|quota|billing|credit/i, 'provider-quota-exhausted'],
  [/rate.?limit|too many requests|\b429\b/i, 'provider-rate-limited'],
  [/timed? ?out|timeout/i, 'provider-silent'],
  [/api.?key|unauthori[sz]ed|\b401\b|\b403\b/i, 'provider-refused-key'],
  [
    /overloaded|unavailable|server error|internal|bad gateway|\b5\d\d\b|socket|connection|econn|fetch failed/i,
    'provider-unavailable',
  ],
  [/json|parse|unexpected token|invalid/i, 'provider-garbage'],
  [/model not found/i, 'model-not-found'],
];

export function classifyRetry(message: string): Failure {
  return failure(codeOf(message) ?? 'provider-unavailable', { detail: shorten(message) });
}

export function classifyError(error: SessionError): Failure {
  const message = messageOf(error);
  const detail = shorten(message);
  switch (error.name) {
    case 'ContextOverflowError':
      return failure('context-overflow', { detail });
    case 'ProviderAuthError':
      return failure('provider-refused-key', { detail });
    case 'MessageAbortedError':
      return failure('cancelled', { detail });
    case 'APIError':
      return failure(codeOfStatus(error.data.statusCode, message), {
        detail,
        ...retryAfter(error.data.responseHeaders),
      });
    case 'MessageOutputLengthError':
    case 'StructuredOutputError':
    case 'ContentFilterError':
      return failure('provider-error', { detail: shorten(`${error.name} ${message}`) });
    case 'UnknownError':
      return failure(codeOf(message) ?? 'provider-error', { detail });
  }
}

function codeOfStatus(status: number | undefined, message: string): FailureCode {
  if (status === 401 || status === 403) return 'provider-refused-key';
  if (status === 429)
    return /quota|billing|credit/i.test(message) ? 'provider-quota-exhausted' : 'provider-rate-limited';
  if (status === 404) return 'model-not-found';
  if (status !== undefined && status >= 500) return 'provider-unavailable';
  return codeOf(message) ?? 'provider-error';
}

function codeOf(prose: string): FailureCode | undefined {
  return PROSE.find(([pattern]) => pattern.test(prose))?.[1];
}

function messageOf(error: SessionError): string {
  const { message } = error.data as { message?: unknown };
  return typeof message === 'string' ? message : error.name;
}

function retryAfter(headers: Record<string, string> | undefined): { retryAfterMs?: number } {
  const seconds = Number(headers?.['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
}

function shorten(text: string): string {
  return text.length > 300 ? `${text.slice(0, 299)}…` : text;
}
