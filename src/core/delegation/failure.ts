/** Everything that can go wrong with a delegated task, as one closed list. */
export type FailureCode =
  | 'provider-rate-limited'
  | 'provider-quota-exhausted'
  | 'provider-unavailable'
  | 'provider-refused-key'
  | 'no-direct-access'
  | 'provider-silent'
  | 'provider-garbage'
  | 'provider-error'
  | 'context-overflow'
  | 'model-not-found'
  | 'opencode-not-installed'
  | 'server-start-failed'
  | 'server-refused'
  | 'server-died'
  | 'pool-full'
  | 'deadline-exceeded'
  | 'over-budget'
  | 'cancelled'
  | 'stopped'
  | 'directory-missing'
  | 'not-trusted'
  | 'draining'
  | 'internal';

export type Failure = {
  readonly code: FailureCode;
  /** One sentence for a human. */
  readonly message: string;
  /** What the other side said, as far as it helps; never a credential. */
  readonly detail?: string;
  readonly retryAfterMs?: number;
};

/** What each failure means to a person; the compiler asks for a line when a code is added. */
const SENTENCES: { readonly [C in FailureCode]: string } = {
  'provider-rate-limited': 'The provider refused the request: rate limit.',
  'provider-quota-exhausted': 'The provider refused the request: its quota is used up.',
  'provider-unavailable': 'The provider is not answering properly (server error).',
  'provider-refused-key': 'The provider refused the credentials that OpenCode has for it.',
  'no-direct-access':
    'This model cannot be asked without OpenCode: there is no key for it, or nobody here speaks to its provider.',
  'provider-silent': 'The provider gave no sign of life in time.',
  'provider-garbage': 'The provider sent an answer that makes no sense.',
  'provider-error': 'The provider refused the request.',
  'context-overflow': "The task is larger than the model's context.",
  'model-not-found': 'OpenCode does not know this model.',
  'opencode-not-installed': 'OpenCode was not found; install it with `npm install -g opencode-ai`.',
  'server-start-failed': 'The OpenCode server did not start.',
  'server-refused': 'The OpenCode server did not open a session.',
  'pool-full': 'Too many tasks wait for a server already.',
  'server-died': 'The OpenCode server died while it worked on the task.',
  'deadline-exceeded': 'The task took longer than its deadline.',
  'over-budget': 'The task took more tokens than its budget allows, and was ended.',
  cancelled: 'The task was cancelled.',
  stopped: 'The user has stopped it.',
  'directory-missing': "The task's directory does not exist.",
  'not-trusted': 'The project brings files that OpenCode would run, and is not trusted; see `omcm trust`.',
  draining: 'The daemon is shutting down.',
  internal: 'OMCM itself failed.',
};

export function failure(code: FailureCode, more: Omit<Failure, 'code' | 'message'> = {}): Failure {
  return { code, message: SENTENCES[code], ...more };
}

/** Failures travel as rejections too: an `Error` with a `code` (Node's own) is not one of ours. */
export function isFailure(value: unknown): value is Failure {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Error) &&
    'code' in value &&
    typeof value.code === 'string' &&
    value.code in SENTENCES
  );
}

/** Whatever was thrown, as a failure. */
export function toFailure(error: unknown): Failure {
  if (isFailure(error)) return error;
  return failure('internal', { detail: error instanceof Error ? error.message : String(error) });
}

/** Whether it is the provider's, and so that of all its models. Limits are often a model's own. */
export function concernsProvider(code: FailureCode): boolean {
  return code === 'provider-refused-key' || code === 'provider-unavailable';
}
