/** Which of our failures is this error of OpenCode's? */

import { takeHead } from '../delegation/cut-text.ts';
import { type Failure, type FailureCode, failure } from '../delegation/failure.ts';

/** An error as each of OpenCode's protocols tells it; names and data differ with its version. */
export type OpencodeError = { readonly name: string; readonly data?: unknown };

/** A retry has no status code, only the provider's prose: the first pattern that fits decides. */
const PROSE: readonly (readonly [RegExp, FailureCode])[] = [
  // First, because a model's name may hold any of the words and numbers below.
  [/model not found/i, 'model-not-found'],
  [/insufficient_quota|quota|billing|credit/i, 'provider-quota-exhausted'],
  [/rate.?limit|too many requests|\b429\b/i, 'provider-rate-limited'],
  [/timed? ?out|timeout/i, 'provider-silent'],
  [/api.?key|unauthori[sz]ed|\b401\b|\b403\b/i, 'provider-refused-key'],
  [
    /overloaded|unavailable|server error|internal|bad gateway|\b5\d\d\b|socket|connection|econn|fetch failed/i,
    'provider-unavailable',
  ],
  [/json|parse|unexpected token|invalid/i, 'provider-garbage'],
];

/** What OpenCode 1.18.33 waits before its first retry where the provider does not say for how long. */
const OWN_DELAY_MS = 2_000;

/** What a provider said when OpenCode decided to ask it again, and in how long it is going to do so. */
export function classifyRetry(message: string, inMs?: number): Failure {
  const isTheirs = inMs !== undefined && inMs > OWN_DELAY_MS;
  return failure(codeOf(message) ?? 'provider-unavailable', {
    detail: shorten(message),
    ...(isTheirs ? { retryAfterMs: inMs } : {}),
  });
}

export function classifyError(error: OpencodeError): Failure {
  const data = asRecord(error.data);
  const message = typeof data.message === 'string' ? data.message : error.name;
  const detail = shorten(message);
  switch (error.name) {
    case 'ContextOverflowError':
      return failure('context-overflow', { detail });
    case 'ProviderAuthError':
      return failure('provider-refused-key', { detail });
    case 'MessageAbortedError':
      return failure('cancelled', { detail });
    case 'APIError':
      return failure(codeOfStatus(data.statusCode, message), { detail, ...retryAfter(data.responseHeaders) });
    case 'MessageOutputLengthError':
    case 'StructuredOutputError':
    case 'ContentFilterError':
      return failure('provider-error', { detail: shorten(`${error.name} ${message}`) });
    // `UnknownError`, and whatever a newer OpenCode has added.
    default:
      return failure(codeOf(message) ?? 'provider-error', { detail });
  }
}

const STATUS: Readonly<Record<number, FailureCode>> = {
  401: 'provider-refused-key',
  402: 'provider-quota-exhausted',
  403: 'provider-refused-key',
  404: 'model-not-found',
  408: 'provider-silent',
  413: 'context-overflow',
};

function codeOfStatus(status: unknown, message: string): FailureCode {
  if (typeof status !== 'number') return codeOf(message) ?? 'provider-error';
  if (status === 429)
    return /quota|billing|credit/i.test(message) ? 'provider-quota-exhausted' : 'provider-rate-limited';
  if (status >= 500) return 'provider-unavailable';
  return STATUS[status] ?? codeOfRefusal(message);
}

/** Some say with a 400 that a key is wrong or the money is gone. "Invalid" in it is our request, not their answer. */
function codeOfRefusal(message: string): FailureCode {
  const code = codeOf(message);
  return code === undefined || code === 'provider-garbage' ? 'provider-error' : code;
}

function codeOf(prose: string): FailureCode | undefined {
  return PROSE.find(([pattern]) => pattern.test(prose))?.[1];
}

function retryAfter(headers: unknown): { retryAfterMs?: number } {
  const seconds = Number(asRecord(headers)['retry-after']);
  return Number.isFinite(seconds) && seconds > 0 ? { retryAfterMs: seconds * 1_000 } : {};
}

function shorten(text: string): string {
  return text.length > 300 ? `${takeHead(text, 299)}…` : text;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
