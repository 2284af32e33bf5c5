/** Looks over the shoulder of a task: whoever only watches neither keeps it alive nor ends it. */
import { oneLine } from '../../core/context/one-line.ts';
import type { ParsedTaskRequest } from '../../protocol/task.ts';
import type { Delegation } from '../delegation/delegate-task.ts';
import type { LiveFeed } from './live-feed.ts';

export const PROMPT_CHARS = 300;

export type WatchedTask = {
  readonly request: ParsedTaskRequest;
  readonly delegation: Delegation;
  readonly startedAt: number;
};

export function watchTask({ note }: Pick<LiveFeed, 'note'>, { request, delegation, startedAt }: WatchedTask) {
  const { task, decision } = delegation;
  if (!decision.route) return;
  const { id } = task;
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
  task.watch((event) => {
    if (event.type === 'text') note({ type: 'task-text', id, text: event.text });
    if (event.type === 'activity') note({ type: 'task-activity', id, text: event.text });
  });
}
