/**
 * Which part of a context is handed over where not all of it may be?
 *
 *   task ─ open todos ─ decisions ─ changed files ─ the rest     whatever comes later goes first
 *
 * Items are whole or not there. The description of the task is the only text that is shortened, and only to leave
 * room for what comes after it.
 */
import { cutGraphemes } from './cut-graphemes.ts';
import type { WorkContext } from './work-context.ts';

/** How long a context is in the form in which it is handed over. */
export type Measure = (context: WorkContext) => number;

/** Of the room, the part that a long description may take as long as anything else wants some. */
const DESCRIPTION_SHARE = 1 / 2;

export function fitContext(context: WorkContext, limit: number, measure: Measure): WorkContext {
  if (measure(context) <= limit) return context;
  const frame = fitFrame(context, limit, measure);
  const described = describe(frame, context, Math.floor(limit * DESCRIPTION_SHARE), measure);
  const items = mostThatFits(
    countItems(context),
    (count) => measure(take(context, described, count)) <= limit,
  );
  const filled = take(context, described, items);
  return describe(filled, context, limit, measure);
}

/** Nothing but the table, without what makes even that too long. */
function fitFrame(context: WorkContext, limit: number, measure: Measure): WorkContext {
  const frame = take(context, { ...context, task: { ...context.task, description: '' } }, 0);
  if (measure(frame) <= limit * DESCRIPTION_SHARE) return frame;
  return { ...frame, meta: { ...frame.meta, project: null, branch: null, sessionId: null } };
}

function describe(into: WorkContext, { task }: WorkContext, limit: number, measure: Measure): WorkContext {
  const withText = (description: string) => ({ ...into, task: { ...into.task, description } });
  if (measure(withText(task.description)) <= limit) return withText(task.description);
  const units = mostThatFits(
    task.description.length,
    (count) => measure(withText(cutGraphemes(task.description, count))) <= limit,
  );
  return withText(cutGraphemes(task.description, units));
}

/** The lists, what counts most first. */
function listsOf({ task, todos, decisions, files, delegated }: WorkContext): readonly (readonly unknown[])[] {
  return [
    task.goals,
    task.constraints,
    todos.inProgress,
    todos.pending,
    decisions,
    files.changed,
    delegated,
    files.referenced,
    todos.completed,
    task.summary === '' ? [] : [task.summary],
  ];
}

function countItems(context: WorkContext): number {
  return listsOf(context).reduce((sum, list) => sum + list.length, 0);
}

/** The first `count` items of all; table and description are those of `frame`. */
function take(context: WorkContext, frame: WorkContext, count: number): WorkContext {
  let left = count;
  const next = <T>(list: readonly T[]): readonly T[] => {
    const taken = list.slice(0, left);
    left -= taken.length;
    return taken;
  };
  const { task, todos, files } = context;
  const goals = next(task.goals);
  const constraints = next(task.constraints);
  const inProgress = next(todos.inProgress);
  const pending = next(todos.pending);
  const decisions = next(context.decisions);
  const changed = next(files.changed);
  const delegated = next(context.delegated);
  const referenced = next(files.referenced);
  const completed = next(todos.completed);
  const [summary = ''] = next(task.summary === '' ? [] : [task.summary]);
  return {
    task: { description: frame.task.description, goals, constraints, summary },
    files: { changed, referenced },
    todos: { inProgress, pending, completed },
    decisions,
    delegated,
    meta: frame.meta,
  };
}

/** The greatest number up to `most` that fits, if what fits less never fits more; 0 where nothing does. */
function mostThatFits(most: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
