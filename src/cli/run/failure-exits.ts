import type { FailureCode } from '../../core/delegation/failure.ts';
import type { Exit } from '../exit-codes.ts';

/** The compiler asks for a line when a code is added. */
const EXITS: Readonly<Record<FailureCode, Exit>> = {
  'provider-rate-limited': 'taskFailed',
  'provider-quota-exhausted': 'taskFailed',
  'provider-unavailable': 'taskFailed',
  'provider-refused-key': 'taskFailed',
  'no-direct-access': 'taskFailed',
  'provider-silent': 'taskFailed',
  'provider-garbage': 'taskFailed',
  'provider-error': 'taskFailed',
  'context-overflow': 'taskFailed',
  'model-not-found': 'taskFailed',
  'deadline-exceeded': 'taskFailed',
  'over-budget': 'taskFailed',
  'opencode-not-installed': 'failed',
  'server-start-failed': 'failed',
  'server-refused': 'taskFailed',
  'server-died': 'failed',
  'pool-full': 'failed',
  internal: 'failed',
  'directory-missing': 'usage',
  'not-trusted': 'notRouted',
  draining: 'daemonUnreachable',
  cancelled: 'interrupted',
  stopped: 'interrupted',
};

export function isFailureCode(code: string): code is FailureCode {
  return Object.hasOwn(EXITS, code);
}

/** A newer daemon may know failures that we do not. */
export function exitOfFailure(code: string): Exit {
  return isFailureCode(code) ? EXITS[code] : 'taskFailed';
}
