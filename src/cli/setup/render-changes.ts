import type { Messages } from '../messages.ts';
import type { Change } from './change.ts';

export function renderChanges(changes: readonly Change[], { setup }: Messages): string {
  if (changes.length === 0) return setup.nothingToDo();
  return changes
    .map(({ id, target, lines }) =>
      [`${setup.changes[id]}: ${target}`, ...lines.map((line) => `    ${line}`)].join('\n'),
    )
    .join('\n');
}
