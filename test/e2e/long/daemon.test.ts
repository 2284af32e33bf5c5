import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { callDaemon, streamFromDaemon } from '../../../src/client/call-daemon.ts';
import type { TaskEvents, TaskStarted } from '../../../src/protocol/task.ts';
import { agentCalls } from '../../../src/simulation/claude-events.ts';
import { scriptConductor, subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { daemonProcesses } from '../../daemon/support/daemon-processes.ts';
import { until } from '../../daemon/support/until.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';

const look = (omcm: Omcm, more: object = {}) => ({
  agent: 'explore',
  prompt: 'count the files',
  directory: omcm.home.projectDir,
  ...more,
});

function call(omcm: Omcm, method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) {
  const { socketPath } = omcm;
  return callDaemon({ socketPath, method, path, timeoutMs: 30_000, ...(body === undefined ? {} : { body }) });
}

function stream(omcm: Omcm, body: object): AsyncGenerator<unknown> {
  const { socketPath } = omcm;
  return streamFromDaemon({ socketPath, method: 'POST', path: '/v1/tasks?stream=1', body });
}

async function startTask(omcm: Omcm, more?: object): Promise<string> {
  return ((await call(omcm, 'POST', '/v1/tasks', look(omcm, more))).body as TaskStarted).taskId;
}

async function runTask(omcm: Omcm, more: object): Promise<TaskEvents['events']> {
  const events: unknown[] = [];
  for await (const line of stream(omcm, look(omcm, more))) events.push(line);
  return events.slice(1) as TaskEvents['events'];
}

describe('the request at the provider is left', () => {
  it('when the client hangs up, cancels, or does not come back', async () => {
    const omcm = await useOmcm();
    const { google } = omcm.providers;
    google.on({ answer: { text: 'too late', delayMs: 60_000 } });
    await omcm.warm();
    const asked = (times: number) => until(() => google.journal().length === times);
    const left = (times: number, limitMs?: number) =>
      until(() => google.journal().filter(({ outcome }) => outcome === 'left').length === times, limitMs);

    const lines = stream(omcm, look(omcm));
    await lines.next();
    await asked(1);
    await lines.return(undefined);
    await left(1);

    const cancelled = await startTask(omcm);
    await asked(2);
    await call(omcm, 'DELETE', `/v1/tasks/${cancelled}`);
    await left(2);

    const abandoned = await startTask(omcm);
    await asked(3);
    await call(omcm, 'GET', `/v1/tasks/${abandoned}/events?wait=100`);
    await left(3, 15_000);
    expect(google.journal()).toHaveLength(3);
  });
});

describe('a daemon that is told to go', () => {
  it('lets the answer come first that a subagent waits for', async () => {
    const omcm = await useOmcm();
    omcm.providers.google.on({ answer: { text: 'worth waiting for', delayMs: 2_000 } });
    await omcm.warm();
    const running = runTask(omcm, {});
    await until(() => omcm.providers.google.journal().length === 1);

    process.kill(omcm.daemonPid() ?? Number.NaN, 'SIGTERM');

    expect(await running).toMatchObject([{ type: 'text', text: 'worth waiting for' }, { type: 'finished' }]);
    await until(() => daemonProcesses(omcm.home.home).length === 0);
    expect(existsSync(omcm.socketPath)).toBe(false);
  });
});

describe('an answer of two hundred thousand characters', () => {
  it('reaches the conductor with its beginning, its end and the place of the whole', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    const report = `It begins.\n${'0123456789'.repeat(20_000)}\nIt ends. 끝 🏁`;
    google.on({ answer: { text: report, chunkChars: 5_000 } });
    scriptConductor(anthropic, { rounds: [{ calls: [{ agent: 'Explore', prompt: 'tell all' }] }] });
    await omcm.warm();

    const run = await omcm.claude({ prompt: 'go' });

    const [delegated] = agentCalls(run.events);
    const given = delegated?.result?.report ?? '';
    expect(given.startsWith('It begins.\n0123456789')).toBe(true);
    expect(given.endsWith('It ends. 끝 🏁')).toBe(true);
    expect(given.length).toBeLessThanOrEqual(45_000);
    const [file = ''] = new RegExp(`${omcm.stateDir}/results/[\\w-]+\\.md`).exec(given) ?? [];
    expect(readFileSync(file, 'utf8')).toBe(report);
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    const conductor = anthropic
      .journal()
      .filter((request) => subagentOf(request) === undefined)
      .at(-1);
    expect(conductor?.turns.at(-1)?.text).toContain(file);
  });
});

describe('a subagent that is asked a second time', () => {
  it('remembers the first, and may no longer write when the session has changed to planning', async () => {
    const omcm = await useOmcm();
    const { google } = omcm.providers;
    google.on({
      answer: (request) => {
        const tries = ['first.txt', 'second.txt'];
        const asked = request.userTexts.filter((text) => text.startsWith('write')).length;
        const used = request.turns.filter(({ role }) => role === 'tool').length;
        const file = join(omcm.home.projectDir, tries[asked - 1] ?? '');
        if (used >= asked) return { text: `done: ${asked}` };
        return { toolUses: [{ name: 'write', input: { filePath: file, content: 'x' } }] };
      },
    });
    await omcm.warm();
    const writer = { agent: 'oh-my-claudecode:writer', agentId: 'a1' };

    await runTask(omcm, { ...writer, prompt: 'write the first', permissionMode: 'acceptEdits' });
    const second = await runTask(omcm, {
      ...writer,
      prompt: 'write the second',
      permissionMode: 'plan',
      resumed: true,
    });

    expect(second.at(-1)).toMatchObject({ type: 'finished' });
    expect(google.journal().at(-1)?.userTexts).toEqual(
      expect.arrayContaining(['write the first', 'write the second']),
    );
    expect(existsSync(join(omcm.home.projectDir, 'first.txt'))).toBe(true);
    expect(existsSync(join(omcm.home.projectDir, 'second.txt'))).toBe(false);
  });
});
