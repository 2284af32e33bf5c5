/** Tasks of runs that are at work on other machines, as whoever looks on here sees them: like those of this machine. */
import type { Talk } from '../../adapters/bullmq/read-talk.ts';
import { oneLine } from '../../core/context/one-line.ts';
import { countTokens } from '../../core/delegation/count-tokens.ts';
import type { LiveTask } from '../../core/live/live-state.ts';
import type { WorkerNews } from '../../protocol/queue.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { PROMPT_CHARS } from '../live/watch-task.ts';
import type { DoneTask } from '../runs/task-doer.ts';

export type TasksElsewhere = {
  add(task: TaskElsewhere): ElsewhereWatch;
  /** `false`: none of this id is at work elsewhere. */
  cancel(id: string): boolean;
};

export type TaskElsewhere = Pick<
  LiveTask,
  'id' | 'agent' | 'prompt' | 'directory' | 'sessionId' | 'runId'
> & {
  readonly cancel: () => void;
};

export type ElsewhereWatch = {
  /** A worker has it. */
  prompted(news: WorkerNews): void;
  said(talk: Talk): void;
  /** Nothing more is heard of it, and the first end holds; without a `done`, it is done in another place. */
  ended(done: DoneTask | null): void;
};

export type ElsewhereParts = { readonly feed: Pick<LiveFeed, 'note'>; readonly now: () => number };

export function createTasksElsewhere({ feed: { note }, now }: ElsewhereParts): TasksElsewhere {
  const cancels = new Map<string, () => void>();
  return {
    cancel: (id) => {
      const cancel = cancels.get(id);
      cancel?.();
      return cancel !== undefined;
    },
    add: ({ cancel, prompt, ...facts }) => {
      const { id } = facts;
      cancels.set(id, cancel);
      let shown: LiveTask | null = null;
      const show = (task: LiveTask) => {
        shown = task;
        note({ type: 'task', task });
      };
      return {
        prompted: ({ worker, provider, model }) =>
          show({
            ...facts,
            prompt: oneLine(prompt.slice(0, PROMPT_CHARS)),
            target: `${provider}/${model}`,
            worker,
            state: 'running',
            startedAt: shown?.startedAt ?? now(),
            endedAt: null,
            activity: '',
            text: '',
            tokens: null,
            failure: null,
            canCancel: true,
          }),
        said: ({ isAnew, text, activity }) => {
          if (shown === null) return;
          if (isAnew) show({ ...shown, text: '', activity: '' });
          if (text !== '') note({ type: 'task-text', id, text });
          if (activity !== null) note({ type: 'task-activity', id, text: activity });
        },
        ended: (done) => {
          if (!cancels.delete(id) || shown === null) return;
          // What was not heard of it while it was at work is in its end.
          if (done !== null && done.text !== '') {
            show({ ...shown, text: '', activity: '' });
            note({ type: 'task-text', id, text: done.text });
          }
          note({ type: 'task-ended', id, end: describeEnd(shown, done, now()) });
        },
      };
    },
  };
}

function describeEnd({ target }: LiveTask, done: DoneTask | null, endedAt: number) {
  const isDone = done?.end.outcome === 'done';
  const work = done?.work ?? null;
  return {
    state: isDone ? ('done' as const) : ('failed' as const),
    target: work === null ? target : `${work.provider}/${work.model}`,
    failure: isDone ? null : whyOf(done),
    tokens: work && countTokens(work.tokens),
    endedAt,
  };
}

function whyOf(done: DoneTask | null): string {
  if (done === null) return 'declined';
  const { end } = done;
  return end.outcome === 'failed' ? end.code : end.outcome;
}
