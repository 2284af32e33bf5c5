/** A cold run has ended: did it answer, and if not, why? Its exit code alone says little: a run that gave up exits with 0. */
import { type Failure, failure } from '../../../core/delegation/failure.ts';
import { classifyError } from '../../../core/opencode/classify-failure.ts';
import type { RunState } from './run-event.ts';

export type Exit = {
  readonly code: number | null;
  readonly signal: string | null;
  /** The last thing that OpenCode logged as an error. */
  readonly lastError: string | null;
  /** The end of what it wrote beside its events. */
  readonly tail: string;
};

/** What OpenCode answers with when it means "see my log". */
const SEE_LOG = /check server logs/i;

/** `null`: it ended with an answer. */
export function judgeExit(state: RunState, exit: Exit): Failure | null {
  if (state.failure !== null) return explain(state.failure, exit.lastError);
  if (exit.signal !== null) return failure('server-died', { detail: exit.signal });
  if (state.lastFinish === 'stop' || state.lastFinish === 'length') return null;
  if (state.session === null) return failure('server-start-failed', { detail: describe(exit) });
  // A model that was refused a tool without a word ends here too.
  return failure('provider-garbage', { detail: `finish: ${state.lastFinish ?? 'none'}` });
}

function explain(told: Failure, lastError: string | null): Failure {
  if (lastError === null || !SEE_LOG.test(told.detail ?? '')) return told;
  return classifyError({ name: 'UnknownError', data: { message: lastError } });
}

function describe({ code, lastError, tail }: Exit): string {
  return [`exit ${code}`, lastError ?? tail].filter((part) => part !== '').join(': ');
}
