/** What somebody has chosen in `omcm top`, and what a key makes of it. */
import { findTasks } from '../../core/live/find-live.ts';
import type { LiveState, LiveTask } from '../../core/live/live-state.ts';
import { fill, type LiveWords } from '../../core/live/live-words.ts';

export type TopView = {
  readonly query: string;
  /** The id of a task; the first one if it is not there. */
  readonly chosen: string | null;
  /** Whom keys are for. */
  readonly asks: 'nothing' | 'filter' | 'confirm';
  /** Shown at the bottom until the next key. */
  readonly note: string;
};

export const FIRST_VIEW: TopView = { query: '', chosen: null, asks: 'nothing', note: '' };

export type TopAction = { readonly type: 'quit' } | { readonly type: 'cancel'; readonly task: string };

export type TopStep = { readonly view: TopView; readonly action: TopAction | null };

export function chosenTask(state: LiveState, { query, chosen }: TopView): LiveTask | null {
  const tasks = findTasks(state.tasks, query);
  return tasks.find(({ id }) => id === chosen) ?? tasks[0] ?? null;
}

/** Keys are `up`, `down`, `enter`, `escape`, `backspace`, `ctrl-c`, or what was typed. */
export function pressKey(state: LiveState, before: TopView, key: string, words: LiveWords): TopStep {
  const view = { ...before, note: '' };
  if (key === 'ctrl-c') return { view, action: { type: 'quit' } };
  switch (view.asks) {
    case 'filter':
      return { view: typeFilter(view, key), action: null };
    case 'confirm':
      return confirm(state, view, key, words);
    case 'nothing':
      return command(state, view, key, words);
  }
}

function command(state: LiveState, view: TopView, key: string, words: LiveWords): TopStep {
  const only = (next: TopView): TopStep => ({ view: next, action: null });
  switch (key) {
    case 'q':
      return { view, action: { type: 'quit' } };
    case '/':
      return only({ ...view, asks: 'filter' });
    case 'escape':
      return only({ ...view, query: '' });
    case 'c':
      return only(askToCancel(chosenTask(state, view), view, words));
    case 'j':
    case 'down':
      return only(move(state, view, 1));
    case 'k':
    case 'up':
      return only(move(state, view, -1));
    default:
      return only(view);
  }
}

function askToCancel(task: LiveTask | null, view: TopView, words: LiveWords): TopView {
  if (task?.state !== 'running') return view;
  return task.canCancel ? { ...view, asks: 'confirm' } : { ...view, note: words.tasks.notOurs };
}

function typeFilter(view: TopView, key: string): TopView {
  if (key === 'enter') return { ...view, asks: 'nothing' };
  if (key === 'escape') return { ...view, asks: 'nothing', query: '' };
  if (key === 'backspace') return { ...view, query: [...view.query].slice(0, -1).join('') };
  return key === 'up' || key === 'down' ? view : { ...view, query: view.query + key };
}

function confirm(state: LiveState, view: TopView, key: string, words: LiveWords): TopStep {
  const task = chosenTask(state, view);
  const closed = { ...view, asks: 'nothing' as const };
  if (key !== 'y' || task === null) return { view: closed, action: null };
  const note = fill(words.top.cancelled, { agent: task.agent });
  return { view: { ...closed, note }, action: { type: 'cancel', task: task.id } };
}

function move(state: LiveState, view: TopView, by: number): TopView {
  const tasks = findTasks(state.tasks, view.query);
  const at = tasks.findIndex(({ id }) => id === chosenTask(state, view)?.id);
  const next = tasks[Math.min(tasks.length - 1, Math.max(0, at + by))];
  return next === undefined ? view : { ...view, chosen: next.id };
}
