/** What a screen reader is told of: tasks that begin and end, and no streams. */
import type { LiveChange } from '../../core/live/live-change.ts';
import type { LiveState } from '../../core/live/live-state.ts';
import { fill } from '../../core/live/live-words.ts';
import { words } from '../words.ts';

const MOST = 3;

export function announceChanges(changes: readonly LiveChange[], state: LiveState | null): string {
  const news = changes.flatMap((change) => {
    if (change.type === 'task') return [fill(words.page.newTask, { agent: change.task.agent })];
    if (change.type !== 'task-ended') return [];
    const agent = state?.tasks.find(({ id }) => id === change.id)?.agent ?? '';
    return [fill(words.page.endedTask, { agent, state: words.tasks.states[change.end.state] })];
  });
  return news.slice(-MOST).join(' ');
}
