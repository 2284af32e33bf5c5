import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createRunEngine } from '../../../../src/adapters/opencode/run/create-run-engine.ts';
import type { RunEngineOptions } from '../../../../src/adapters/opencode/run/run-options.ts';
import type { EngineEvent, EngineWork } from '../../../../src/core/delegation/engine.ts';
import { failure } from '../../../../src/core/delegation/failure.ts';
import { createConversations } from '../../../../src/daemon/delegation/conversations.ts';
import { isRunning } from '../../../support/stop-process.ts';

const FAKE = join(import.meta.dirname, 'fake-opencode.mjs');

function useEngine(behaviour: string, given: Partial<RunEngineOptions> = {}) {
  const folder = mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN ?? 'x'}-`));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const pids = join(folder, 'pids');
  const engine = createRunEngine({
    command: process.execPath,
    args: [FAKE, behaviour],
    env: { ...process.env, PIDS: pids },
    databaseFile: join(folder, 'state', 'run.db'),
    startTimeoutMs: 10_000,
    stallTimeoutMs: () => 10_000,
    conversations: createConversations(),
    ...given,
  });
  const work: EngineWork = {
    id: '1',
    instructions: null,
    directory: folder,
    target: { provider: 'openai', model: 'gpt-5.2', name: 'GPT-5.2', opencodeProvider: 'openai' },
    opencodeAgent: 'build',
    grant: { kind: 'read-only' },
    conversation: null,
  };
  return { engine, work, pids };
}

type Given = { readonly prompt?: string; readonly signal?: AbortSignal; readonly work?: Partial<EngineWork> };

async function run(
  { engine, work }: ReturnType<typeof useEngine>,
  given: Given = {},
): Promise<EngineEvent[]> {
  const session = await engine.open({ ...work, ...given.work }, AbortSignal.timeout(10_000));
  const turn = { prompt: given.prompt ?? 'go', conversation: null };
  const events: EngineEvent[] = [];
  for await (const event of session.run(turn, given.signal ?? AbortSignal.timeout(15_000)))
    events.push(event);
  return events;
}

describe('a cold run', () => {
  it('gets the whole of a long prompt, to the byte', async () => {
    const prompt = `"한국어 🎉\\\n`.repeat(200_000);
    const [first] = await run(useEngine('echo'), { prompt });
    expect(first?.type === 'text' && first.delta === prompt).toBe(true);
  });

  it.each([
    ['answer-nothing', 'provider-garbage'],
    ['start-badly', 'server-start-failed'],
  ])('that does %s has failed, whatever its exit code: %s', async (behaviour, code) => {
    const events = await run(useEngine(behaviour));
    expect(events.filter(({ type }) => type === 'failed' || type === 'finished')).toMatchObject([
      { type: 'failed', failure: { code } },
    ]);
  });

  it('that never asks its provider is ended after the time for a start', async () => {
    const events = await run(useEngine('never-ask', { startTimeoutMs: 300 }));
    expect(events.at(-1)).toMatchObject({ failure: { code: 'server-start-failed' } });
  });

  it('that may write is given no prompt while its guard is not there', async () => {
    const events = await run(useEngine('echo', { startTimeoutMs: 500 }), {
      work: { grant: { kind: 'edit-in-project' } },
    });
    expect(events).toMatchObject([{ type: 'failed', failure: { code: 'server-start-failed' } }]);
  });

  it('is ended with what it has started, also when it does not listen', async () => {
    const used = useEngine('ignore-sigterm');
    const stop = new AbortController();
    const running = run(used, { signal: stop.signal });
    await expect.poll(() => existsSync(used.pids), { timeout: 10_000 }).toBe(true);
    const pids = JSON.parse(readFileSync(used.pids, 'utf8')) as number[];
    expect(pids.map(isRunning)).toEqual([true, true]);

    stop.abort(failure('deadline-exceeded'));

    expect((await running).at(-1)).toMatchObject({ failure: { code: 'deadline-exceeded' } });
    expect(pids.map(isRunning)).toEqual([false, false]);
  });

  it('is not begun without OpenCode or without the folder', async () => {
    const { engine, work } = useEngine('echo', { command: 'no-such-program-anywhere' });
    await expect(engine.open(work, AbortSignal.timeout(1_000))).rejects.toMatchObject({
      code: 'opencode-not-installed',
    });
    const other = useEngine('echo');
    const nowhere = { ...other.work, directory: '/nowhere/at/all' };
    await expect(other.engine.open(nowhere, AbortSignal.timeout(1_000))).rejects.toMatchObject({
      code: 'directory-missing',
    });
  });

  it('does not go on with a conversation that took place elsewhere', async () => {
    const conversations = createConversations();
    conversations.remember('agent-1', { serverId: 'a server', place: 'there', session: 'ses_9' });
    const { engine, work } = useEngine('echo', { conversations });
    const resumed = { ...work, conversation: 'agent-1' };
    await expect(engine.open(resumed, AbortSignal.timeout(1_000))).rejects.toMatchObject({
      code: 'server-died',
    });
  });
});
