// What one model answered. Printed as it is with `--json`, so its shape is stable.
import type { TaskEnd } from '../../client/await-task.ts';
import type { AskStarted } from '../../protocol/ask.ts';
import type { TaskOutcome } from '../../protocol/task.ts';
import type { Messages } from '../messages.ts';

export type Answer = {
  /** `provider/model`. */
  readonly model: string;
  /** Of one that failed, what it said until then. */
  readonly text: string;
  readonly tokens: TaskOutcome['tokens'] | null;
  readonly costUsd: number | null;
  readonly durationMs: number | null;
  /** Where the whole answer is, when it was cut. */
  readonly fullTextFile: string | null;
  readonly failure: { readonly code: string; readonly message: string; readonly detail?: string } | null;
};

type Started = AskStarted['tasks'][number];

const NOTHING = { text: '', tokens: null, costUsd: null, durationMs: null, fullTextFile: null };

/** It was not asked: the model rests, or may not be paid for. */
export function notAsked({ model, decision }: Started, { ask }: Messages): Answer {
  const { reason, block } = decision;
  return { model, ...NOTHING, failure: { code: reason, message: block?.message ?? ask.notAsked(reason) } };
}

export function toAnswer({ model }: Started, { text, last }: TaskEnd, { run }: Messages): Answer {
  if (last === null)
    return { model, ...NOTHING, text, failure: { code: 'daemon-lost', message: run.lost() } };
  const { tokens, costUsd, durationMs, fullTextFile } = last.outcome;
  const failure = last.type === 'failed' ? pickFailure(last.failure) : null;
  return { model, text, tokens, costUsd, durationMs, fullTextFile, failure };
}

function pickFailure({ code, message, detail }: Extract<TaskEnd['last'], { type: 'failed' }>['failure']) {
  return detail === undefined ? { code, message } : { code, message, detail };
}
