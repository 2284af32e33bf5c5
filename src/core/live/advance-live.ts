import type { LiveChange } from './live-change.ts';
import type { LiveLimits, LiveRun, LiveRunTask, LiveState, LiveTask } from './live-state.ts';

/** Many at once cost little more than one: each list is copied once. */
export function advanceLive(before: LiveState, changes: readonly LiveChange[]): LiveState {
  if (changes.length === 0) return before;
  const { limits } = before;
  const tasks = createDraft(before.tasks);
  const runs = createDraft(before.runs);
  const decisions = [];
  const problems = [];
  let { levels } = before;
  for (const change of changes) {
    switch (change.type) {
      case 'task':
        tasks.put(change.task);
        tasks.keep((all) => fewTasks(all, limits));
        break;
      case 'task-text':
        tasks.change(change.id, (task) => ({ ...task, text: endOf(task.text + change.text, limits) }));
        break;
      case 'task-activity':
        tasks.change(change.id, (task) => ({ ...task, activity: change.text }));
        break;
      case 'task-tokens':
        tasks.change(change.id, (task) => ({ ...task, tokens: change.tokens }));
        break;
      case 'task-ended':
        tasks.change(change.id, (task) => ({ ...task, ...change.end }));
        tasks.keep((all) => fewTasks(all, limits));
        break;
      case 'run':
        runs.put(change.run);
        runs.keep((all) => all.slice(-limits.runs));
        break;
      case 'run-task':
        runs.change(change.run, (run) => withTask(run, change.task));
        break;
      case 'decision':
        decisions.push(change.decision);
        break;
      case 'problem':
        problems.push(change.problem);
        break;
      case 'levels':
        levels = { ...levels, ...change.levels };
        break;
    }
  }
  return {
    limits,
    tasks: tasks.done(),
    runs: runs.done(),
    decisions: addLast(before.decisions, decisions, limits.decisions),
    problems: addLast(before.problems, problems, limits.problems),
    levels,
  };
}

/** The end of a text, and no half of a character at its beginning. */
function endOf(text: string, { textChars }: LiveLimits): string {
  if (text.length <= textChars) return text;
  const end = text.slice(-textChars);
  return /^[\uDC00-\uDFFF]/.test(end) ? end.slice(1) : end;
}

/** Of those that have ended the oldest go first; however many run, there is an end to it. */
function fewTasks(tasks: readonly LiveTask[], limits: LiveLimits): readonly LiveTask[] {
  if (tasks.length <= limits.tasks) return tasks;
  const first = tasks.find(({ state }) => state !== 'running') ?? tasks[0];
  return fewTasks(
    tasks.filter((task) => task !== first),
    limits,
  );
}

function withTask(run: LiveRun, task: LiveRunTask): LiveRun {
  return { ...run, tasks: run.tasks.map((known) => (known.id === task.id ? task : known)) };
}

function addLast<T>(before: readonly T[], added: readonly T[], most: number): readonly T[] {
  if (added.length === 0) return before;
  if (added.length >= most) return added.slice(-most);
  const kept = before.length + added.length <= most ? before : before.slice(added.length - most);
  return [...kept, ...added];
}

type Named = { readonly id: string };

/** A list that is copied at its first change only. */
function createDraft<T extends Named>(before: readonly T[]) {
  let list = before;
  return {
    put: (item: T) => {
      const at = list.findIndex(({ id }) => id === item.id);
      list = at < 0 ? [...list, item] : list.with(at, item);
    },
    change: (id: string, how: (item: T) => T) => {
      const at = list.findIndex((item) => item.id === id);
      const item = list[at];
      if (item !== undefined) list = list.with(at, how(item));
    },
    keep: (how: (list: readonly T[]) => readonly T[]) => {
      list = how(list);
    },
    done: () => list,
  };
}
