// Under which branch is a task's work found? `omcm/<run>/<task>`, safe for git, for a shell and for any disk, and
// another one for each task of a run.

/** Nobody can make `omcm/…` where a branch is called `omcm`. */
const PREFIXES = ['omcm', 'omcm-work'] as const;

const RUN_LENGTH = 8;
const TASK_LENGTH = 40;

export type BranchQuestion = {
  readonly run: string;
  readonly task: string;
  /** The task's place in the run. */
  readonly place: number;
  /** The branches that are there. */
  readonly taken: ReadonlySet<string>;
};

export function nameBranch({ run, task, place, taken }: BranchQuestion): string {
  const prefix = PREFIXES.find((name) => !taken.has(name)) ?? PREFIXES[0];
  const base = `${prefix}/${nameRun(run)}/${nameTask(task, place)}`;
  for (let turn = 1; ; turn += 1) {
    const name = turn === 1 ? base : `${base}.again${turn}`;
    if (!taken.has(name)) return name;
  }
}

/** How a person looks at the work on it. The name needs no quotes in any shell. */
export function showBranch(branch: string): string {
  return `git show ${branch}`;
}

/** What a run's folders and branches are called. */
export function nameRun(run: string): string {
  return slug(run).slice(0, RUN_LENGTH).replace(/-$/, '') || 'run';
}

/** An id that is no plain word takes its place along: no plain word has a dot, so no two tasks get one name. */
function nameTask(task: string, place: number): string {
  const plain = slug(task).slice(0, TASK_LENGTH).replace(/-$/, '');
  return plain === task && plain !== '' ? plain : `${plain || 'task'}.${place}`;
}

/** In small letters, since some disks do not tell them from large ones. */
function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-|-$/g, '');
}
