/** Where the tasks of one run work, and what becomes of what they have changed. */
import type { Worktree } from '../../adapters/git/open-worktree.ts';
import type { PackedCode } from '../../adapters/git/pack-code.ts';
import type { BatchTask } from '../../core/scheduling/batch-task.ts';
import type { TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import { createWorktreeChoice } from '../../core/worktrees/choose-worktrees.ts';
import { type MergeTurn, placesInOrder } from '../../core/worktrees/pick-next-merge.ts';
import { tellPlace } from '../../core/worktrees/tell-place.ts';
import type { NoWorktree, WorkReport } from '../../core/worktrees/work-report.ts';
import type { WorktreePolicy } from '../../core/worktrees/worktree-policy.ts';
import type { ParsedRunRequest, WorkChanges } from '../../protocol/run.ts';
import type { DoneTask } from './task-doer.ts';

export type PlacedTask = DoneTask & { readonly changes: WorkChanges | null };

export type RunWorktrees = {
  /** Has a task done where it belongs; it has ended when its work is merged, or left. */
  around(task: number, perform: Perform): Promise<PlacedTask>;
  /** What of the run's folder travels to where a task is done; or why nothing can. */
  pack(task: number): Promise<PackedCode | NoWorktree>;
  /** Takes in what a task has done elsewhere, as if it had a worktree here. */
  takeIn(task: number, done: DoneTask, work: WorkFromElsewhere): Promise<PlacedTask>;
};

/** Commits from `base`, which is one that was packed here. */
export type WorkFromElsewhere = {
  readonly base: string;
  readonly commit: string;
  readonly bundle: Buffer;
  readonly branch: string;
};

export type Perform = (task: BatchTask, workIn?: string) => Promise<DoneTask>;

export type GivenRun = {
  readonly id: string;
  readonly plan: TaskPlan;
  readonly request: ParsedRunRequest;
};

export type RunWorktreesParts = GivenRun & {
  /** Which run this is, of all that there were. */
  readonly number: number;
  readonly policy: (directory: string) => Promise<WorktreePolicy>;
  readonly mayWrite: (task: BatchTask, request: ParsedRunRequest) => Promise<boolean>;
  readonly open: (task: number, turn: MergeTurn) => Promise<Worktree | NoWorktree>;
  readonly pack: (turn: MergeTurn) => Promise<PackedCode | NoWorktree>;
  /** Rejects where it cannot be taken. */
  readonly receive: (task: number, turn: MergeTurn, work: WorkFromElsewhere) => Promise<Worktree>;
  readonly settle: (worktree: Worktree, end: DoneTask['end'], turn: MergeTurn) => Promise<WorkReport>;
};

export function createRunWorktrees(parts: RunWorktreesParts): RunWorktrees {
  const { plan, request } = parts;
  const places = placesInOrder(plan);
  const turnOf = (task: number) => ({ run: parts.number, place: places[task] ?? 0 });
  let choice: Promise<(task: number) => boolean> | undefined;

  return {
    around: async (task, perform) => {
      const given = plan.tasks[task];
      if (given === undefined) throw new Error(`there is no task ${task}`);
      // Without a choice, it works as if there were no worktrees.
      choice ??= choose(parts).catch(() => () => false);
      if (!(await choice)(task)) return { ...(await perform(given)), changes: null };
      const turn = turnOf(task);
      const worktree = await parts.open(task, turn);
      if (typeof worktree === 'string')
        return { ...(await perform(given)), changes: { kind: 'in-place', because: worktree } };
      const { directory } = worktree;
      const prompt = tellPlace(given.prompt, request.directory, directory);
      const done = await perform({ ...given, prompt }, directory);
      return withChanges(done, await parts.settle(worktree, done.end, turn));
    },
    pack: (task) => parts.pack(turnOf(task)),
    takeIn: async (task, done, work) => {
      const turn = turnOf(task);
      try {
        const worktree = await parts.receive(task, turn, work);
        return withChanges(done, await parts.settle(worktree, done.end, turn));
      } catch (error) {
        const message = `Its work was done elsewhere, and could not be taken: ${String(error)}`;
        return { ...done, end: { outcome: 'failed', code: 'not-merged', message }, changes: null };
      }
    },
  };
}

async function choose({ plan, request, policy: configured, mayWrite }: RunWorktreesParts) {
  const policy = request.worktrees ?? (await configured(request.directory));
  const writers = new Set<number>();
  if (policy !== 'never')
    for (const [at, task] of plan.tasks.entries()) if (await mayWrite(task, request)) writers.add(at);
  return createWorktreeChoice({ plan, writers, maxWorkers: request.maxWorkers, policy });
}

/** What is not in the user's tree is not done for those that need it. */
function withChanges(done: DoneTask, report: WorkReport): PlacedTask {
  const changes = toMessage(report);
  if (done.end.outcome !== 'done') return { ...done, changes };
  const code = 'not-merged';
  if (report.kind === 'left') {
    const message = `Its work is on the branch ${report.branch}: ${report.command}`;
    return { ...done, end: { outcome: 'failed', code, message }, changes };
  }
  if (report.kind === 'kept') {
    const message = `Its work could not be saved in the repository, and lies in ${report.directory}.`;
    return { ...done, end: { outcome: 'failed', code, message }, changes };
  }
  return { ...done, changes };
}

/** As it goes over the wire, where lists may be changed. */
export function toMessage(report: WorkReport): WorkChanges {
  return structuredClone(report) as WorkChanges;
}
