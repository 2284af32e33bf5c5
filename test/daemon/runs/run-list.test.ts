import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { BatchRun } from '../../../src/daemon/runs/batch-run.ts';
import type { RunOwner } from '../../../src/daemon/runs/run-journal.ts';
import { createRunList, type RunList, type RunListParts } from '../../../src/daemon/runs/run-list.ts';
import type { DoneTask, Watch } from '../../../src/daemon/runs/task-doer.ts';
import { runRequestSchema } from '../../../src/protocol/run.ts';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';
import { until } from '../support/until.ts';

const DONE: DoneTask = { end: { outcome: 'done' }, text: 'said', work: null };
const SENT_AWAY: DoneTask = {
  end: { outcome: 'failed', code: 'draining', message: 'm' },
  text: '',
  work: null,
};
const TARGET = { provider: 'p', model: 'm', name: 'M', opencodeProvider: 'p' };

type Work = { readonly id: string; readonly watch: Watch; readonly end: (done?: DoneTask) => void };

type Life = { readonly runs: RunList; readonly work: Work[] };

type Circumstances = {
  readonly owner?: RunOwner;
  readonly isAtWork?: (owner: RunOwner) => Promise<boolean>;
  readonly now?: () => number;
  readonly leftBehind?: RunListParts['leftBehind'];
};

/** Daemons that come one after the other, as far as runs are concerned; the test ends their tasks. */
function useDaemons() {
  const runsDir = join(mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX)), 'runs');
  onTestFinished(() => rmSync(join(runsDir, '..'), { recursive: true, force: true }));
  let made = 0;
  const failures: string[] = [];
  const begin = async (circumstances: Circumstances = {}): Promise<Life> => {
    const work: Work[] = [];
    const runs = await createRunList({
      runsDir,
      owner: { pid: 1, start: 's' },
      isAtWork: async () => false,
      newId: () => {
        made += 1;
        return `run-${made}`;
      },
      dispatch: {
        capacity: 8,
        forRun: ({ plan }) => ({
          perform: (at, watch) =>
            new Promise((resolve) => {
              const { id = '' } = plan.tasks[at] ?? {};
              work.push({ id, watch, end: (done = DONE) => resolve({ ...done, changes: null }) });
            }),
          written: () => undefined,
          leave: () => undefined,
        }),
      },
      leftBehind: () => null,
      onFailure: ({ message }) => failures.push(message),
      watch: () => () => undefined,
      now: Date.now,
      ...circumstances,
    });
    return { runs, work };
  };
  return { runsDir, begin, failures };
}

const task = (id: string, ...dependsOn: readonly string[]) => ({ id, agent: 'a', prompt: 'p', dependsOn });

function startRun({ runs }: Life, ...tasks: readonly ReturnType<typeof task>[]): BatchRun {
  const run = runs.start(runRequestSchema.parse({ directory: '/', tasks }));
  if (!('read' in run)) throw new Error(JSON.stringify(run));
  return run;
}

async function endsOf(run: BatchRun | undefined) {
  const events = (await run?.read(0, 0))?.events ?? [];
  return events.flatMap((event) => (event.type === 'ended' ? [`${event.task} ${event.end.outcome}`] : []));
}

describe('the runs of an earlier daemon', () => {
  it('go on where they were: nothing that had ended is done again', async () => {
    const { begin } = useDaemons();
    const first = await begin();
    const { id } = startRun(first, task('a'), task('b'), task('c', 'a', 'b'));
    first.work[0]?.end();
    await until(() => first.runs.list()[0]?.ended === 1);

    const second = await begin();
    expect(second.work).toEqual([]);
    second.runs.resume();
    expect(second.work.map((one) => one.id)).toEqual(['b']);
    second.work[0]?.end();
    await until(() => second.work.length === 2);
    second.work[1]?.end();
    const run = second.runs.find(id);
    await until(() => run?.isDone() === true);
    expect(await endsOf(run)).toEqual(['a done', 'b done', 'c done']);
  });

  it('say where the work is that an interrupted task had done', async () => {
    const { begin } = useDaemons();
    const first = await begin();
    const { id } = startRun(first, task('a'), task('b'));
    first.work[0]?.watch.onPrompt({ target: TARGET, mayWrite: true });
    const left = {
      kind: 'left' as const,
      branch: 'omcm/run-1/a',
      because: { code: 'daemon-lost' },
      files: ['half.txt'],
      leftOut: [],
      command: 'git show omcm/run-1/a',
    };
    const leftBehind = (run: string, name: string) => (run === id && name === 'a' ? left : null);
    const second = await begin({ leftBehind });
    second.runs.resume();
    await until(() => second.runs.list()[0]?.ended === 1);
    const events = (await second.runs.find(id)?.read(0, 0))?.events ?? [];
    expect(events.filter(({ type }) => type === 'ended')).toMatchObject([
      { task: 'a', end: { outcome: 'interrupted' }, changes: left },
    ]);
  });

  it.each([
    [true, [], ['a interrupted', 'b skipped']],
    [false, ['a'], []],
  ])('have a task that had its prompt, and may write: %s', async (mayWrite, again, ends) => {
    const { begin } = useDaemons();
    const first = await begin();
    const { id } = startRun(first, task('a'), task('b', 'a'));
    first.work[0]?.watch.onPrompt({ target: TARGET, mayWrite });

    const second = await begin();
    second.runs.resume();
    expect(second.work.map((one) => one.id)).toEqual(again);
    expect(await endsOf(second.runs.find(id))).toEqual(ends);
  });

  it('bear a last line that is torn, and what is written after it', async () => {
    const { begin, runsDir } = useDaemons();
    const first = await begin();
    const { id } = startRun(first, task('a'), task('b'));
    first.work[0]?.end();
    await until(() => first.runs.list()[0]?.ended === 1);
    const file = join(runsDir, `${id}.jsonl`);
    truncateSync(file, readFileSync(file).length - 20);

    for (const left of [2, 1]) {
      const next = await begin();
      next.runs.resume();
      expect(next.work).toHaveLength(left);
      next.work[0]?.end();
      await until(() => next.runs.list()[0]?.ended === 3 - left);
    }
  });

  it('are left alone as long as their own daemon runs', async () => {
    const { begin } = useDaemons();
    const owner = { pid: 4_711, start: 'then' };
    startRun(await begin({ owner }), task('a'));

    const other = await begin({ isAtWork: async ({ pid, start }) => pid === 4_711 && start === 'then' });
    other.runs.resume();
    expect(other.runs.list()).toEqual([]);
    expect(other.work).toEqual([]);
  });

  it('are skipped after a day', async () => {
    const { begin } = useDaemons();
    const { id } = startRun(await begin(), task('a'), task('b', 'a'));

    const late = await begin({ now: () => Date.now() + 25 * 60 * 60_000 });
    late.runs.resume();
    expect(late.work).toEqual([]);
    expect(await endsOf(late.runs.find(id))).toEqual(['a skipped', 'b skipped']);
  });

  it('say what a user wanted cancelled when the daemon was lost', async () => {
    const { begin } = useDaemons();
    const first = await begin();
    const run = startRun(first, task('a'), task('b', 'a'));
    run.cancel('a');
    expect(first.work[0]?.watch.signal.aborted).toBe(true);

    const second = await begin();
    second.runs.resume();
    expect(await endsOf(second.runs.find(run.id))).toEqual(['a cancelled', 'b skipped']);
  });
});

describe('a daemon that goes', () => {
  it('starts nothing more, and leaves to the next one what it sends away', async () => {
    const { begin } = useDaemons();
    const first = await begin();
    const run = startRun(first, task('a'), task('b'), task('c', 'a'));
    first.runs.pause();
    first.work[0]?.end();
    await until(() => first.runs.list()[0]?.ended === 1);
    expect(await run.read(99, 10)).toMatchObject({ done: false, paused: false });
    first.work[1]?.end(SENT_AWAY);
    await first.runs.untilQuiet(AbortSignal.timeout(5_000));
    expect(first.work).toHaveLength(2);
    expect(await run.read(99, 1_000)).toMatchObject({ done: false, paused: true });

    const second = await begin();
    second.runs.resume();
    expect(second.work.map(({ id }) => id).sort()).toEqual(['b', 'c']);
  });
});

describe('a daemon without patience', () => {
  it('ends what is at work, and only what the user wanted cancelled is cancelled', async () => {
    const { begin } = useDaemons();
    const first = await begin();
    const run = startRun(first, task('a'), task('b'));
    run.cancel('b');
    first.runs.pause();
    for (const { watch, end } of first.work) {
      const answer = () => end({ end: { outcome: 'cancelled' }, text: '', work: null });
      if (watch.signal.aborted) answer();
      else watch.signal.addEventListener('abort', answer);
    }
    await first.runs.sendAway();
    expect(await endsOf(run)).toEqual(['b cancelled']);

    const second = await begin();
    second.runs.resume();
    expect(second.work.map(({ id }) => id)).toEqual(['a']);
  });
});

describe('journals', () => {
  it('of the last twenty runs that have ended are kept, and no strange file counts as one', async () => {
    const { begin, runsDir } = useDaemons();
    const life = await begin();
    for (let count = 0; count < 22; count += 1) {
      const run = startRun(life, task('a'));
      life.work.at(-1)?.end();
      await until(() => run.isDone());
    }
    startRun(life, task('a'));
    expect(life.runs.list()).toHaveLength(21);
    await until(() => readdirSync(runsDir).length === 21);
    appendFileSync(join(runsDir, 'strange.jsonl'), '{"type":"began","version":2}\nnothing\n');
    expect((await begin()).runs.list().map(({ id }) => id)).toEqual(life.runs.list().map(({ id }) => id));
  });

  it('that cannot be written are told of, and cost no run', async () => {
    const { begin, runsDir, failures } = useDaemons();
    appendFileSync(join(runsDir, '..', 'runs'), 'a file where the folder should be');
    const life = await begin();
    const run = startRun(life, task('a'));
    life.work[0]?.end();
    await until(() => run.isDone());
    expect(failures[0]).toContain(runsDir);
  });
});
