import { describe, expect, it } from 'vitest';
import { QUEUE_PROTOCOL, type QueuedTask } from '../../src/protocol/queue.ts';
import type { TaskRequest } from '../../src/protocol/task.ts';
import { VERSION } from '../../src/version.ts';
import type { DoneByDaemon, NotRouted } from '../../src/worker/local-daemon.ts';
import { type PerformParts, performTask } from '../../src/worker/perform-task.ts';

const ID = 'a'.repeat(40);
const COMMIT = 'b'.repeat(40);

const TASK: QueuedTask = {
  protocol: QUEUE_PROTOCOL,
  version: '1.2.3',
  run: 'run',
  task: 'edit',
  agent: 'executor',
  prompt: 'Change /home/me/project/a.txt.',
  directory: '/home/me/project',
  nature: 'editing',
  placed: {
    models: ['openai/gpt-5.2'],
    role: 'codex',
    tier: 'medium',
    opencodeAgent: 'build',
    writes: true,
    instructions: 'You edit.',
  },
  code: { repository: ID, head: ID, base: ID, prefix: '', remote: null, bundle: 'head', patch: null },
};

const DONE: DoneByDaemon = { kind: 'done', text: 'changed', failure: null, begun: true, work: null };

type Circumstances = Partial<PerformParts> & {
  readonly done?: DoneByDaemon | NotRouted;
  readonly changed?: boolean;
  readonly lostBefore?: number;
  readonly codeIsThere?: boolean;
};

function perform(data: unknown, circumstances: Circumstances = {}) {
  const { done = DONE, changed = true, lostBefore = 0, codeIsThere = true, ...more } = circumstances;
  const asked: TaskRequest[] = [];
  const told: object[] = [];
  const said: object[] = [];
  const sent: string[] = [];
  let closed = 0;
  const folder = {
    directory: '/worker/tree',
    commit: async () => ({
      commit: COMMIT,
      changes: changed ? [{ path: 'a.txt', before: null, after: null }] : [],
      leftOut: [],
    }),
    bundle: async () => Buffer.from('bundle'),
    close: async () => {
      closed += 1;
    },
  };
  const parts: PerformParts = {
    worker: 'w1',
    codes: { open: async () => (codeIsThere ? folder : null) },
    daemon: {
      perform: async (request, { onRouted, onEvent }) => {
        asked.push(request);
        if (done.kind === 'done') await onRouted({ provider: 'openai', model: 'gpt-5.2' });
        onEvent({ type: 'text', text: 'chan' });
        onEvent({ type: 'activity', text: 'edit a.txt' });
        return done;
      },
    },
    putBlob: async (name) => void sent.push(name),
    allowShell: false,
    maxBytes: 1_000,
    ...more,
  };
  const { signal } = new AbortController();
  const end = performTask(parts, {
    id: 'run.0',
    data,
    lostBefore,
    signal,
    tell: async (news) => void told.push(news),
    say: (saying) => void said.push(saying),
  });
  return end.then((value) => ({ end: value, asked, told, said, sent, closed }));
}

describe('a worker', () => {
  it('has a task done in its copy of the code, with the rights that it came with, and sends back what it changed', async () => {
    const { end, asked, told, sent, closed } = await perform(TASK);
    expect(asked).toMatchObject([
      { agent: 'executor', directory: '/worker/tree', permissionMode: 'acceptEdits', placed: TASK.placed },
    ]);
    expect(asked[0]?.prompt).toContain('the folder /home/me/project lies at /worker/tree');
    expect(told).toEqual([{ kind: 'prompted', worker: 'w1', provider: 'openai', model: 'gpt-5.2' }]);
    expect(end).toMatchObject({
      kind: 'ended',
      text: 'changed',
      failure: null,
      changes: { base: ID, commit: COMMIT, bundle: `work.run.0.${COMMIT}`, branch: 'omcm/run/edit' },
    });
    expect(sent).toEqual([`work.run.0.${COMMIT}`]);
    expect(closed).toBe(1);
  });

  it('sends nothing back where nothing was changed, or only read', async () => {
    expect((await perform(TASK, { changed: false })).end).toMatchObject({ kind: 'ended', changes: null });
    const { end, asked, sent } = await perform({ ...TASK, nature: 'reading' });
    expect(end).toMatchObject({ kind: 'ended', changes: null });
    expect(asked[0]?.permissionMode).toBe('plan');
    expect(sent).toEqual([]);
  });

  it('refuses a task of a scheduler that speaks another protocol, with a sentence that names both', async () => {
    const { end, asked } = await perform({ protocol: QUEUE_PROTOCOL + 1, version: '9.9.9', other: 'words' });
    const message = `w1: This worker (OMCM ${VERSION}) speaks protocol ${QUEUE_PROTOCOL} of the queue, the scheduler (OMCM 9.9.9) ${QUEUE_PROTOCOL + 1}: update the older one.`;
    expect(end).toMatchObject({ kind: 'declined', code: 'other-version', message });
    expect(asked).toEqual([]);
  });

  it.each([
    ['that may run commands, where that is not allowed', { ...TASK, nature: 'once' }, {}, 'not-here'],
    [
      'that ran commands when its worker was lost',
      { ...TASK, nature: 'once' },
      { allowShell: true, lostBefore: 1 },
      'lost-before',
    ],
    ['whose code is not to be had', TASK, { codeIsThere: false }, 'code-missing'],
    [
      'that is not routed here',
      TASK,
      { done: { kind: 'not-routed', reason: 'no-model-codex' } as const },
      'not-here',
    ],
    ['that makes no sense', { protocol: QUEUE_PROTOCOL }, {}, 'not-here'],
  ])('declines one %s', async (_what, data, circumstances, code) => {
    const { end, sent } = await perform(data, circumstances);
    expect(end).toMatchObject({ kind: 'declined', code });
    expect(sent).toEqual([]);
  });

  it('says that work is lost which it cannot send back', async () => {
    const putBlob = async () => {
      throw new Error('too large');
    };
    const { end, closed } = await perform(TASK, { putBlob });
    expect(end).toMatchObject({ kind: 'ended', failure: { code: 'not-merged' }, changes: null });
    expect(closed).toBe(1);
  });
});
