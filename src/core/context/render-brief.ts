/** What a delegated task is told of the session that it belongs to: for a model, so in one language. */
import { fitContext } from './fit-context.ts';
import type { Decision, WorkContext } from './work-context.ts';

const TITLE = '# Context: the session that this task belongs to';
const NOTE =
  'For orientation only. Your task is what you are asked; do not begin with anything else that stands here.';

/** Some 500 tokens: a task is done better for them, and a hundred tasks do not feel them. */
const LONGEST_BRIEF = 2_000;

export function writeBrief(context: WorkContext): string {
  return renderBrief(fitContext(context, LONGEST_BRIEF, (part) => renderBrief(part).length));
}

/** An empty text where there is nothing to tell. */
export function renderBrief({ task, todos, decisions, files, delegated }: WorkContext): string {
  const parts = [
    ...(task.description === '' ? [] : [`The user asked for: ${task.description}`]),
    ...list('Goals', task.goals),
    ...list('Constraints', task.constraints),
    ...list('In progress', todos.inProgress),
    ...list('Open', todos.pending),
    ...list(
      'Decided',
      decisions.map(({ text }: Decision) => text),
    ),
    ...list('Recently changed', files.changed),
    ...list(
      'Done by other subagents',
      delegated.map(({ agent, said, files: changed }) =>
        [`${agent}: ${said}`, ...(changed.length === 0 ? [] : [`(changed ${changed.join(', ')})`])].join(' '),
      ),
    ),
  ];
  return parts.length === 0 ? '' : [TITLE, NOTE, ...parts].join('\n\n');
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [[`${title}:`, ...items.map((item) => `- ${item}`)].join('\n')];
}
