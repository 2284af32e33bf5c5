// Settings that the work itself shows: how it is started, how long it may take, and what comes back.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RunEventMessage } from '../../src/protocol/run.ts';
import type { Stats } from '../../src/protocol/stats.ts';
import type { TaskEvent } from '../../src/protocol/task.ts';
import { runTask } from '../daemon/support/run-task.ts';
import { until } from '../daemon/support/until.ts';
import { type Settings, useSettings } from './use-settings.ts';

const SUPPORT = join(import.meta.dirname, '..', 'daemon', 'support');
const RUN = join(import.meta.dirname, '..', 'adapters', 'opencode', 'run', 'fake-opencode.mjs');
const TRANSCRIPT = join(import.meta.dirname, '..', 'fixtures', 'transcripts', 'work.jsonl');

describe('OpenCode', () => {
  it('is started by opencode.command with opencode.args before ours', async () => {
    const program = 'console.error(`given ${process.argv.slice(1)}`); process.exit(1)';
    const opencode = { command: process.execPath, args: ['-e', program, '--', 'mine'] };
    const settings = await useSettings({ config: { opencode } });
    expect(await runTask(settings)).toMatchObject({
      failure: { code: 'server-start-failed', detail: expect.stringContaining('given mine,') },
    });
  });

  it('is asked in the way of opencode.strategy', async () => {
    const opencode = { command: process.execPath, args: [RUN, 'echo'], strategy: 'run' };
    const settings = await useSettings({ config: { opencode } });
    expect(await runTask(settings, 'hello')).toMatchObject({ type: 'finished' });
    expect(settings.journal(), 'no server').toEqual([]);
  });

  it('has opencode.startTimeout to be ready', async () => {
    const slow = { FAKE_OPENCODE_FAULT: 'slow-start' };
    const settings = await useSettings({ config: { opencode: { startTimeout: 1_000 } }, env: slow });
    expect(await runTask(settings)).toMatchObject({ failure: { code: 'server-start-failed' } });
  });

  it('has opencode.timeout for a task', async () => {
    const settings = await useSettings();
    settings.set({ opencode: { timeout: 1_000 } });
    expect(await runTask(settings, { hang: true })).toMatchObject({
      failure: { code: 'deadline-exceeded' },
    });
  });

  it('may be silent for opencode.stallTimeout', async () => {
    const settings = await useSettings({ config: { opencode: { stallTimeout: 1_000 } } });
    expect(await runTask(settings, { say: ['late'], everyMs: 60_000 })).toMatchObject({
      failure: { code: 'provider-silent' },
    });
  });
});

/** The ends of a run's tasks, in the order in which they came. */
async function doAll({ ask, follow, projectDir }: Settings, tasks: readonly object[], more: object = {}) {
  const request = {
    directory: projectDir,
    tasks: tasks.map((task, at) => ({ id: `t${at}`, prompt: 'x', ...task })),
    ...more,
  };
  const { runId } = await ask<{ runId: string }>('POST', '/v1/runs', request);
  const events = await follow<RunEventMessage>(`/v1/runs/${runId}/events`);
  return events.flatMap((event) => (event.type === 'ended' ? [event] : []));
}

describe('Claude Code, for a task of a batch that stays there,', () => {
  const planner = { agent: 'planner' };

  it('is the program of claude.command', async () => {
    const settings = await useSettings({ config: { claude: { command: 'no-such-claude' } } });
    expect(await doAll(settings, [planner])).toMatchObject([{ end: { code: 'claude-not-installed' } }]);
  });

  it('has claude.args before ours', async () => {
    const args = [join(SUPPORT, 'fake-claude.mjs'), '--mine'];
    const settings = await useSettings({ config: { claude: { args } } });
    expect(await doAll(settings, [planner])).toMatchObject([{ end: { outcome: 'done' } }]);
    const [words] = settings.journal().flatMap(({ claude }) => (claude === undefined ? [] : [claude]));
    expect(words?.slice(0, 2)).toEqual(['--mine', '-p']);
  });

  it('has claude.timeout', async () => {
    const settings = await useSettings({ config: { claude: { timeout: 1_000 } } });
    expect(await doAll(settings, [{ ...planner, prompt: '{"hang":true}' }])).toMatchObject([
      { end: { code: 'deadline-exceeded' } },
    ]);
  });
});

it('worktrees says whether a task that writes works apart', async () => {
  const settings = await useSettings();
  const git = (...words: string[]) => execFileSync('git', words, { cwd: settings.projectDir, stdio: 'pipe' });
  git('init', '-q');
  git('-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'first');
  const writer = [{ agent: 'executor' }];
  const apart = async (worktrees: string) => {
    settings.set({ worktrees });
    const [end] = await doAll(settings, writer, { permissionMode: 'bypassPermissions' });
    expect(end?.end).toEqual({ outcome: 'done' });
    return end?.changes?.kind ?? null;
  };
  expect(await apart('never')).toBeNull();
  expect(await apart('always')).toBe('unchanged');
});

it('results.maxChars is how much of an answer is handed back', async () => {
  const settings = await useSettings();
  const textOf = async () => {
    const { taskId } = await settings.begin({ say: ['0123456789'.repeat(500)] });
    const events = await settings.follow<TaskEvent>(`/v1/tasks/${taskId}/events`);
    return events.map((event) => (event.type === 'text' ? event.text : '')).join('');
  };
  expect(await textOf()).toHaveLength(5_000);
  settings.set({ results: { maxChars: 1_000 } });
  expect((await textOf()).length).toBeLessThanOrEqual(1_000);
});

it('context.delegation is how much a task is told of its session', async () => {
  const settings = await useSettings();
  const { home, projectDir } = settings;
  const folder = join(home, '.claude', 'projects', projectDir.replace(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(TRANSCRIPT, join(folder, 's1.jsonl'));
  const told = async (delegation: string) => {
    settings.set({ context: { delegation } });
    await runTask(settings, 'x', { sessionId: 's1' });
    return JSON.stringify(settings.journal().findLast(({ path }) => path?.endsWith('/prompt_async'))?.body);
  };
  // The first one of a process loads the scanner, which may take longer than a task waits.
  await expect.poll(() => told('full'), { timeout: 20_000 }).toContain('# Work hand-over context');
  expect(await told('none')).not.toContain('Make the till speak euros');
  await expect.poll(() => told('brief'), { timeout: 20_000 }).toContain('Make the till speak euros');
});

it('budgets.warnAt is where the user is told', async () => {
  const settings = await useSettings({ config: { budgets: { day: 100 } } });
  const notices = () => settings.daemon.services.takeNotices(undefined);
  // What a task took is weighed when the next one comes.
  await runTask(settings);
  await runTask(settings);
  expect(await notices()).toEqual([]);
  settings.set({ budgets: { warnAt: 30 } });
  await runTask(settings);
  // What is told is put into words after the task has begun.
  const told: string[] = [];
  await until(async () => told.push(...(await notices())) > 0);
  expect(told).toEqual([expect.stringContaining('of the budget of today (100 tokens) is used')]);
});

it('tracking.events is how many events are kept', async () => {
  const settings = await useSettings({ config: { tracking: { events: 3 } } });
  for (let task = 0; task < 3; task += 1) await runTask(settings);
  expect((await settings.ask<Stats>('GET', '/v1/stats?recent=100')).recent).toHaveLength(3);
});
