/** All worktrees of ours: made, settled and cleared away, for each repository one step at a time. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { removeWorktree } from '../../adapters/git/close-worktree.ts';
import { GitProblem } from '../../adapters/git/git-problem.ts';
import { inspectRepository } from '../../adapters/git/inspect-repository.ts';
import { openWorktree, openWorktreeAt, type Worktree } from '../../adapters/git/open-worktree.ts';
import { type PackedCode, packCode } from '../../adapters/git/pack-code.ts';
import { type SavedWork, sweepWorktrees } from '../../adapters/git/sweep-worktrees.ts';
import { takeBundle } from '../../adapters/git/take-bundle.ts';
import type { RouteQuestion } from '../../core/routing/assemble-input.ts';
import { showBranch } from '../../core/worktrees/name-branch.ts';
import type { MergeTurn } from '../../core/worktrees/pick-next-merge.ts';
import type { TreeEntry } from '../../core/worktrees/tree-change.ts';
import type { NoWorktree, WorkReport } from '../../core/worktrees/work-report.ts';
import type { WorktreePolicy } from '../../core/worktrees/worktree-policy.ts';
import type { ParsedRunRequest, WorkChanges } from '../../protocol/run.ts';
import type { Log } from '../log/log.ts';
import {
  createRunWorktrees,
  type GivenRun,
  type RunWorktrees,
  toMessage,
  type WorkFromElsewhere,
} from './run-worktrees.ts';
import { settleWork } from './settle-work.ts';
import type { DoneTask } from './task-doer.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

export type Worktrees = {
  forRun(run: GivenRun): RunWorktrees;
  /** Clears away what a killed daemon has left. No task gets a worktree before that. */
  sweep(): Promise<void>;
  /** What a task of an earlier daemon had done when that was lost. */
  leftBehind(run: string, task: string): WorkChanges | null;
  /** Resolves when the tasks of all runs have ended and their work is settled, or it takes too long. */
  settled(): Promise<void>;
};

export type WorktreesParts = {
  readonly stateDir: string;
  readonly env: NodeJS.ProcessEnv;
  readonly policy: (directory: string) => Promise<WorktreePolicy>;
  readonly mayWrite: (question: RouteQuestion, client: ParsedRunRequest['client']) => Promise<boolean>;
  /** Does the text hold a secret that must not leave this machine? */
  readonly hasSecret: (directory: string) => (content: string) => Promise<boolean>;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

/** What is not settled by then is left to the next daemon. */
const SETTLE_LIMIT_MS = 30_000;

type Known = {
  readonly turnstile: Turnstile;
  readonly ours: Map<string, TreeEntry | null>;
  readonly packed: Map<string, string>;
};

export function createWorktrees(parts: WorktreesParts): Worktrees {
  const { stateDir, env, log, onProblem } = parts;
  const folder = join(stateDir, 'worktrees');
  const travelFolder = join(stateDir, 'travel');
  const repositories = new Map<string, Known>();
  const placed = new Set<Promise<unknown>>();
  const leftBehind = new Map<string, SavedWork>();
  let runs = 0;
  let tellSwept = () => {};
  const swept = new Promise<void>((resolve) => {
    tellSwept = resolve;
  });

  const knownOf = (root: string): Known => {
    const known = repositories.get(root) ?? {
      turnstile: createTurnstile(),
      ours: new Map(),
      packed: new Map(),
    };
    repositories.set(root, known);
    return known;
  };

  const open = async (run: GivenRun, task: number, turn: MergeTurn): Promise<Worktree | NoWorktree> => {
    await swept;
    const inspected = await inspectRepository(run.request.directory, { env, stateDir });
    if (!inspected.ok) return inspected.because;
    const { repository } = inspected;
    const named = { run: run.id, task: run.plan.tasks[task]?.id ?? '', place: task };
    try {
      return await knownOf(repository.root).turnstile(turn, () =>
        openWorktree({ repository, task: named, folder, env }),
      );
    } catch (error) {
      onProblem('worktree-failed', String(error));
      const tooMuch = error instanceof GitProblem && error.code === 'too-much-untracked';
      return tooMuch ? 'too-much-untracked' : 'worktree-failed';
    }
  };

  const pack = async (run: GivenRun, turn: MergeTurn): Promise<PackedCode | NoWorktree> => {
    await swept;
    const { directory } = run.request;
    const inspected = await inspectRepository(directory, { env, stateDir });
    if (!inspected.ok) return inspected.because;
    const { repository } = inspected;
    try {
      return await knownOf(repository.root).turnstile(turn, () =>
        packCode({
          repository,
          env,
          folder: travelFolder,
          hasSecret: parts.hasSecret(directory),
          known: knownOf(repository.root).packed,
        }),
      );
    } catch (error) {
      onProblem('worktree-failed', String(error));
      const tooMuch = error instanceof GitProblem && error.code === 'too-much-untracked';
      return tooMuch ? 'too-much-untracked' : 'worktree-failed';
    }
  };

  const receive = async (
    run: GivenRun,
    at: { readonly task: number; readonly turn: MergeTurn },
    { base, commit, bundle, branch }: WorkFromElsewhere,
  ): Promise<Worktree> => {
    await swept;
    const inspected = await inspectRepository(run.request.directory, { env, stateDir });
    if (!inspected.ok) throw new GitProblem('git-failed', inspected.because);
    const { repository } = inspected;
    const named = { run: run.id, task: run.plan.tasks[at.task]?.id ?? '', place: at.task };
    return knownOf(repository.root).turnstile(at.turn, async () => {
      await takeBundle({ at: repository, env, folder: travelFolder, branch, content: bundle });
      return openWorktreeAt({ repository, task: named, folder, env }, { base, commit });
    });
  };

  const settle = async (
    worktree: Worktree,
    outcome: DoneTask['end']['outcome'],
    turn: MergeTurn,
  ): Promise<WorkReport> => {
    const { repository, home, directory } = worktree;
    const { turnstile, ours } = knownOf(repository.root);
    return turnstile(turn, async () => {
      try {
        const report = await settleWork({ stateDir, ours }, worktree, outcome);
        await removeWorktree(repository, home, env).catch((error: unknown) =>
          onProblem('worktree-not-removed', String(error)),
        );
        log.info({ ...worktree.task, ...report }, 'work settled');
        return report;
      } catch (error) {
        onProblem('work-not-saved', `${directory}: ${String(error)}`);
        return { kind: 'kept', directory, message: String(error) };
      }
    });
  };

  const track = <T>(work: Promise<T>): Promise<T> => {
    placed.add(work);
    const forget = () => placed.delete(work);
    work.then(forget, forget);
    return work;
  };

  return {
    forRun: (run) => {
      runs += 1;
      const {
        around,
        pack: packFor,
        takeIn,
      } = createRunWorktrees({
        ...run,
        number: runs,
        policy: parts.policy,
        mayWrite: ({ agent, prompt }, { directory, permissionMode, mode, sessionId, client }) =>
          parts.mayWrite({ agent, prompt, directory, permissionMode, mode, sessionId }, client),
        open: (task, turn) => open(run, task, turn),
        pack: (turn) => pack(run, turn),
        receive: (task, turn, work) => receive(run, { task, turn }, work),
        settle: (worktree, { outcome }, turn) => settle(worktree, outcome, turn),
      });
      return {
        around: (task, perform) => track(around(task, perform)),
        pack: packFor,
        takeIn: (task, done, work) => track(takeIn(task, done, work)),
      };
    },
    sweep: async () => {
      try {
        const problem = (message: string) => onProblem('worktree-not-swept', message);
        for (const one of await sweepWorktrees(folder, env, problem)) {
          log.info(one, 'a worktree of an earlier daemon is cleared away');
          if (one.saved !== null) leftBehind.set(keyOf(one.run, one.task), one.saved);
        }
      } finally {
        tellSwept();
      }
    },
    leftBehind: (run, task) => {
      const saved = leftBehind.get(keyOf(run, task));
      if (saved === undefined) return null;
      const { branch, files } = saved;
      const because = { code: 'daemon-lost' } as const;
      return toMessage({
        kind: 'left',
        branch,
        because,
        files: [...files],
        leftOut: [],
        command: showBranch(branch),
      });
    },
    settled: async () => {
      const late = sleep(SETTLE_LIMIT_MS, undefined, { ref: false });
      await Promise.race([Promise.allSettled([...placed]), late]);
    },
  };
}

function keyOf(run: string, task: string): string {
  return JSON.stringify([run, task]);
}
