// How does each vendor word a refusal?

import type { RefusalKind } from './answer.ts';

export type Vendor = 'anthropic' | 'openai' | 'google';

export interface Refusal {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Wording {
  readonly status: number;
  readonly anthropic: string;
  readonly openai: string;
  readonly google: string;
  readonly message: string;
}

const wordings: Readonly<Record<RefusalKind, Wording>> = {
  'rate-limit': {
    status: 429,
    anthropic: 'rate_limit_error',
    openai: 'rate_limit_exceeded',
    google: 'RESOURCE_EXHAUSTED',
    message: 'Rate limit reached for requests',
  },
  'quota-exhausted': {
    status: 429,
    anthropic: 'rate_limit_error',
    openai: 'insufficient_quota',
    google: 'RESOURCE_EXHAUSTED',
    message: 'You exceeded your current quota, please check your plan and billing details.',
  },
  'server-error': {
    status: 500,
    anthropic: 'api_error',
    openai: 'server_error',
    google: 'INTERNAL',
    message: 'The server had an error while processing your request',
  },
  overloaded: {
    status: 503,
    anthropic: 'overloaded_error',
    openai: 'server_overloaded',
    google: 'UNAVAILABLE',
    message: 'The model is overloaded. Please try again later.',
  },
  'refused-key': {
    status: 401,
    anthropic: 'authentication_error',
    openai: 'invalid_api_key',
    google: 'UNAUTHENTICATED',
    message: 'Incorrect API key provided',
  },
};

export function wordRefusal(vendor: Vendor, kind: RefusalKind, retryAfterSeconds?: number): Refusal {
  const wording = wordings[kind];
  const retryAfter = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  return {
    status: wording.status,
    headers: { 'content-type': 'application/json', ...retryAfter },
    body: JSON.stringify(errorBody(vendor, wording)),
  };
}

function errorBody(vendor: Vendor, wording: Wording): object {
  const { message, status } = wording;
  if (vendor === 'anthropic') return { type: 'error', error: { type: wording.anthropic, message } };
  if (vendor === 'google') return { error: { code: status, message, status: wording.google } };
  return { error: { message, type: wording.openai, code: wording.openai, param: null } };
}
