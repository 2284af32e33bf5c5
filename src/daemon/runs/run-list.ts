/** The runs that clients may ask for: those that go on, also after an earlier daemon, and the last ones that have ended. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FileFailure } from '../../adapters/files/file-failure.ts';
import { type PlanProblem, planTasks, type TaskPlan } from '../../core/scheduling/plan-tasks.ts';
import type { ParsedRunRequest, RunSummary } from '../../protocol/run.ts';
import { type BatchRun, type BatchRunParts, createBatchRun } from './batch-run.ts';
import {
  createRunJournal,
  type RunJournal,
  type RunOwner,
  readRunJournals,
  removeRunJournal,
  type WrittenRun,
} from './run-journal.ts';

export type RunList = {
  /** Goes on with what an earlier daemon left. */
  resume(): void;
  start(request: ParsedRunRequest): BatchRun | readonly PlanProblem[];
  find(id: string): BatchRun | undefined;
  list(): readonly RunSummary[];
  running(): number;
  /** How many of the session's runs went on until then. */
  cancelSession(sessionId: string): number;
  pause(): void;
  /** Nothing is at work for any of them; or no more patience. */
  untilQuiet(patience: AbortSignal): Promise<void>;
  /** What is still at work ends, and is left to the next daemon. */
  sendAway(): Promise<void>;
};

const KEPT_ENDED = 20;
const LOOK_AGAIN_MS = 25;
const LEAVE_LIMIT_MS = 6_000;
/** Whoever comes back later than this does not expect that the rest of it is done now. */
const RESUME_WITHIN_MS = 24 * 60 * 60_000;

export type RunListParts = Pick<BatchRunParts, 'dispatch' | 'leftBehind' | 'watch' | 'now'> & {
  readonly runsDir: string;
  readonly owner: RunOwner;
  /** It still runs, so its runs are its own. */
  readonly isAtWork: (owner: RunOwner) => Promise<boolean>;
  readonly newId: () => string;
  readonly onFailure: (failure: FileFailure) => void;
};

export async function createRunList(parts: RunListParts): Promise<RunList> {
  const { newId, runsDir, owner, now, onFailure } = parts;
  const runs = new Map<string, BatchRun>();
  const left: Left[] = [];
  const all = () => [...runs.values()];
  const journalOf = (id: string) => createRunJournal(runsDir, id, onFailure);

  const add = (run: BatchRun) => {
    runs.set(run.id, run);
    const ended = all().filter((known) => known.isDone());
    for (const { id } of ended.slice(0, Math.max(0, ended.length - KEPT_ENDED))) {
      runs.delete(id);
      void removeRunJournal(runsDir, id).catch(() => undefined);
    }
  };

  for (const written of await findOrphans(parts)) {
    const { began, events } = written;
    const planned = planTasks(began.request.tasks);
    if (!planned.ok) continue;
    const journal = journalOf(began.id);
    const run = restore(parts, { written, plan: planned.plan, journal });
    add(run);
    const isLate = now() - (events.at(-1)?.at ?? began.at) > RESUME_WITHIN_MS;
    if (!run.isDone()) left.push({ run, journal, isLate });
  }

  const untilQuiet = async (patience: AbortSignal) => {
    while (!patience.aborted && !all().every((run) => run.isQuiet())) await sleep(LOOK_AGAIN_MS);
  };

  return {
    resume: () => {
      for (const { run, journal, isLate } of left.splice(0)) {
        journal.takenUp({ at: now(), owner });
        if (isLate) run.windUp();
        else run.begin();
      }
    },
    start: (request) => {
      const planned = planTasks(request.tasks);
      if (!planned.ok) return planned.problems;
      const [id, startedAt] = [newId(), now()];
      const journal = journalOf(id);
      journal.began({ id, at: startedAt, owner, request });
      const own = { id, plan: planned.plan, request, startedAt, past: [], write: journal.happened };
      const run = createBatchRun({ ...parts, ...own });
      add(run);
      run.begin();
      return run;
    },
    find: (id) => runs.get(id),
    list: () => all().map((run) => run.summary()),
    running: () => all().filter((run) => !run.isDone()).length,
    cancelSession: (sessionId) => {
      const own = all().filter((run) => run.sessionId === sessionId && !run.isDone());
      for (const run of own) run.cancel();
      return own.length;
    },
    pause: () => {
      for (const run of all()) run.pause();
    },
    untilQuiet,
    sendAway: async () => {
      for (const run of all()) run.sendAway();
      await untilQuiet(AbortSignal.timeout(LEAVE_LIMIT_MS));
    },
  };
}

type Left = { readonly run: BatchRun; readonly journal: RunJournal; readonly isLate: boolean };

async function findOrphans({ runsDir, isAtWork }: RunListParts): Promise<readonly WrittenRun[]> {
  const written = await readRunJournals(runsDir);
  const taken = await Promise.all(written.map(({ owner }) => isAtWork(owner)));
  return written.filter((_, at) => taken[at] !== true);
}

type Restored = { readonly written: WrittenRun; readonly plan: TaskPlan; readonly journal: RunJournal };

function restore(parts: RunListParts, { written, plan, journal }: Restored): BatchRun {
  const { began, events } = written;
  const { id, request, at: startedAt } = began;
  return createBatchRun({ ...parts, id, plan, request, startedAt, past: events, write: journal.happened });
}
