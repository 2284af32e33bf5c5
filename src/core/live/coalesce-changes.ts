import type { LiveChange } from './live-change.ts';
import type { LiveLevels } from './live-state.ts';

/** The same in fewer changes: what a task says in one piece, and of what is replaced only the last. */
export function coalesceChanges(changes: readonly LiveChange[]): readonly LiveChange[] {
  const texts = new Map<string, number>();
  const out: LiveChange[] = [];
  let levels: Partial<LiveLevels> = {};
  for (const change of changes) {
    if (change.type === 'levels') {
      levels = { ...levels, ...change.levels };
      continue;
    }
    if (change.type === 'task') texts.delete(change.task.id);
    const at = change.type === 'task-text' ? texts.get(change.id) : undefined;
    const earlier = at === undefined ? undefined : out[at];
    if (at !== undefined && change.type === 'task-text' && earlier?.type === 'task-text') {
      out[at] = { ...earlier, text: earlier.text + change.text };
      continue;
    }
    if (change.type === 'task-text') texts.set(change.id, out.length);
    out.push(change);
  }
  return Object.keys(levels).length === 0 ? out : [...out, { type: 'levels', levels }];
}
