import { describe, expect, it } from 'vitest';
import { classifyError, classifyRetry } from '../../../src/core/opencode/classify-failure.ts';

type ErrorEvent = Parameters<typeof classifyError>[0];

const apiError = (statusCode: number | undefined, message: string, responseHeaders = {}) =>
  ({ name: 'APIError', data: { statusCode, message, isRetryable: false, responseHeaders } }) as ErrorEvent;

describe('a message with which a provider asks to be tried again', () => {
  it.each([
    ['Rate limit reached for requests', 'provider-rate-limited'],
    ['Too Many Requests', 'provider-rate-limited'],
    ['429 status code (no body)', 'provider-rate-limited'],
    [
      'You exceeded your current quota, please check your plan and billing details.',
      'provider-quota-exhausted',
    ],
    ['Your credit balance is too low to access the API', 'provider-quota-exhausted'],
    ['insufficient_quota', 'provider-quota-exhausted'],
    ['Provider response headers timed out after 2000ms', 'provider-silent'],
    ['SSE read timed out', 'provider-silent'],
    ['Incorrect API key provided', 'provider-refused-key'],
    ['Provider is overloaded', 'provider-unavailable'],
    ['503 Service Unavailable', 'provider-unavailable'],
    ['Connection reset by server', 'provider-unavailable'],
    ['Unable to connect. Is the computer able to access the url?', 'provider-unavailable'],
    ['JSON parsing failed: Text: {"this is": not JSON.', 'provider-garbage'],
    ['something that nobody has heard of', 'provider-unavailable'],
    ['', 'provider-unavailable'],
  ])('%j means %s', (message, code) => {
    expect(classifyRetry(message)).toMatchObject({ code, detail: message });
  });
});

describe('an error of the provider', () => {
  it.each([
    [400, 'Invalid schema for function', 'provider-error'],
    [400, 'Your credit balance is too low', 'provider-quota-exhausted'],
    [400, 'API key not valid. Please pass a valid API key.', 'provider-refused-key'],
    [401, 'whatever', 'provider-refused-key'],
    [402, 'Payment required', 'provider-quota-exhausted'],
    [403, 'whatever', 'provider-refused-key'],
    [404, 'whatever', 'model-not-found'],
    [408, 'whatever', 'provider-silent'],
    [413, 'Request too large', 'context-overflow'],
    [429, 'Rate limit reached', 'provider-rate-limited'],
    [429, 'You exceeded your current quota', 'provider-quota-exhausted'],
    [500, 'The server had an error', 'provider-unavailable'],
    [503, 'quota', 'provider-unavailable'],
    [529, 'Overloaded', 'provider-unavailable'],
    [undefined, 'fetch failed', 'provider-unavailable'],
    [undefined, 'no idea', 'provider-error'],
  ])('with status %s and %j means %s', (status, message, code) => {
    expect(classifyError(apiError(status, message))).toMatchObject({ code, detail: message });
  });

  it.each([
    ['30', 30_000],
    ['0.5', 500],
    ['0', undefined],
    ['-1', undefined],
    ['soon', undefined],
    ['Wed, 21 Oct 2026 07:28:00 GMT', undefined],
  ])('that says to come back after %j says so in milliseconds', (header, milliseconds) => {
    const failure = classifyError(apiError(429, 'Rate limit', { 'retry-after': header }));
    expect(failure.retryAfterMs).toBe(milliseconds);
  });
});

describe("an error of OpenCode's own kind", () => {
  it.each([
    ['ContextOverflowError', 'too long', 'context-overflow'],
    ['ProviderAuthError', 'no key', 'provider-refused-key'],
    ['MessageAbortedError', 'Aborted', 'cancelled'],
    ['MessageOutputLengthError', 'cut', 'provider-error'],
    ['StructuredOutputError', 'not the shape', 'provider-error'],
    ['ContentFilterError', 'filtered', 'provider-error'],
    ['UnknownError', 'Model not found: openai/nope.', 'model-not-found'],
    ['UnknownError', 'The operation timed out.', 'provider-silent'],
    ['UnknownError', 'who knows', 'provider-error'],
    ['AnErrorOfNextYear', 'new', 'provider-error'],
  ])('%s (%s) means %s', (name, message, code) => {
    expect(classifyError({ name, data: { message } } as ErrorEvent).code).toBe(code);
  });

  it('is understood where it has no message, and no data at all', () => {
    expect(classifyError({ name: 'MessageOutputLengthError', data: {} } as ErrorEvent).detail).toContain(
      'MessageOutputLengthError',
    );
    expect(classifyError({ name: 'UnknownError' } as ErrorEvent).code).toBe('provider-error');
  });

  it('is told in a few hundred characters at most', () => {
    expect(classifyRetry('x'.repeat(100_000)).detail).toHaveLength(300);
  });
});

describe('a provider that says for how long it is to be left alone', () => {
  it('is told from OpenCode, which would ask again after two seconds', () => {
    expect(classifyRetry('Rate limit reached', 2_000)).not.toHaveProperty('retryAfterMs');
    expect(classifyRetry('Rate limit reached', 30_000)).toMatchObject({ retryAfterMs: 30_000 });
  });
});
