/** Looks over the shoulder of a task: whoever only watches neither keeps it alive nor ends it. */
import { oneLine } from '../../core/context/one-line.ts';
import type { RoutedDecision } from '../../core/routing/decision.ts';
import type { ParsedTaskRequest, TaskEvent } from '../../protocol/task.ts';
import type { Delegation } from '../delegation/delegate-task.ts';
import type { LiveFeed } from './live-feed.ts';

export const PROMPT_CHARS = 300;

export type WatchedTask = {
  readonly request: ParsedTaskRequest;
  readonly delegation: Delegation;
  readonly startedAt: number;
};

export function watchTask(feed: Pick<LiveFeed, 'note'>, { request, delegation, startedAt }: WatchedTask) {
  const { task, decision } = delegation;
  if (decision.route) task.watch(noteTask(feed, { id: task.id, request, decision, startedAt }));
}

export type BegunTask = {
  readonly id: string;
  readonly request: ParsedTaskRequest;
  readonly decision: RoutedDecision;
  readonly startedAt: number;
};

/** Tells that it has begun; what is given back is to hear what it does. */
export function noteTask(
  { note }: Pick<LiveFeed, 'note'>,
  { id, request, decision, startedAt }: BegunTask,
): (event: TaskEvent) => void {
  const { provider, model } = decision.target;
  const { sessionId = null, runId = null, directory } = request;
  const prompt = oneLine(request.prompt.slice(0, PROMPT_CHARS));
  note({
    type: 'task',
    task: {
      id,
      agent: decision.agent.name,
      target: `${provider}/${model}`,
      worker: null,
      sessionId,
      runId,
      directory,
      prompt,
      state: 'running',
      startedAt,
      endedAt: null,
      activity: '',
      text: '',
      tokens: null,
      failure: null,
      canCancel: decision.engine === 'opencode',
    },
  });
  return (event) => {
    if (event.type === 'text') note({ type: 'task-text', id, text: event.text });
    if (event.type === 'activity') note({ type: 'task-activity', id, text: event.text });
  };
}
