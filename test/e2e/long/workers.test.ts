import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { RunResult } from '../../../src/cli/runs/run-result.ts';
import { callDaemon } from '../../../src/client/call-daemon.ts';
import type { LiveState, LiveTask } from '../../../src/core/live/live-state.ts';
import type { TeamStatus } from '../../../src/protocol/status.ts';
import type { ToolUse } from '../../../src/simulation/answer.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { until } from '../../daemon/support/until.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { isRunning, stopProcess } from '../../support/stop-process.ts';
import { useOmcm } from '../../support/use-omcm.ts';
import { useRedis } from '../../support/use-redis.ts';
import { useTeamWorker } from '../../support/use-team-worker.ts';

/** Two OpenCode start until then. */
const LIMIT_MS = 90_000;
const TIMES = 120;

const TASKS = [
  { id: 'look', agent: 'Explore', prompt: 'Look into <look>.' },
  { id: 'edit', agent: 'writer', prompt: 'Work on <edit>.', tags: ['eu'] },
  { id: 'after', agent: 'Explore', prompt: 'Look into <after>.', dependsOn: ['edit'] },
];

it('has the tasks of a batch done by a worker with another HOME, and takes in what it has changed', async () => {
  const redis = await useRedis();
  const omcm = await useOmcm({
    config: { mode: 'fusion', execution: { backend: 'bullmq' } },
    variables: { OMCM_REDIS_URL: redis.url },
  });
  const { projectDir, root } = omcm.home;
  const env = omcm.env();
  const text = (name: string) => readFileSync(join(projectDir, name), 'utf8');
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: projectDir, env, encoding: 'utf8', stdio: 'pipe' });
  writeFileSync(join(projectDir, '.gitignore'), 'ignored.txt\n');
  writeFileSync(join(projectDir, 'ignored.txt'), 'stays here\n');
  writeFileSync(join(projectDir, '.env'), 'API_TOKEN=x7f3kq92mzp1\n');
  writeFileSync(join(projectDir, 'README.md'), 'Mine, not committed.\n');
  const head = git('rev-parse', 'HEAD');

  const uses: readonly ToolUse[] = [
    { name: 'read', input: { filePath: 'README.md' } },
    { name: 'edit', input: { filePath: 'README.md', oldString: 'Mine,', newString: 'Mine and theirs,' } },
    { name: 'write', input: { filePath: 'theirs.md', content: 'New.\n' } },
  ];
  const seen: string[] = [];
  omcm.providers.google.on({
    answer: (request) => {
      // Long enough to be a report and no talk between tools, and slow enough to be watched.
      if (request.lastUserText.includes('<look>'))
        return { text: `looked: ${'far and wide '.repeat(TIMES)}`, chunkChars: 40, chunkDelayMs: 250 };
      if (!request.lastUserText.includes('<edit>')) return { text: `looked: ${request.lastUserText}` };
      // Its folder is the worker's, and OpenCode names it in what it tells the model.
      const [folder = ''] = /\/[^\s"'<>]*\/worker\/trees\/[^\s"'<>]*/.exec(request.system) ?? [];
      if (folder !== '' && seen.length === 0) seen.push(...readdirSync(folder));
      const steps = uses.map((use) => ({ kind: 'tool' as const, use }));
      return workOn(request, { projectDir: folder, steps, report: 'edited' });
    },
  });
  const worker = useTeamWorker(omcm, {
    url: redis.url,
    cli: BUILT_CLI,
    path: env.PATH ?? '',
    words: ['--tags', 'eu,gpu', '--concurrency', '2'],
  });
  await worker.ready();

  writeFileSync(join(root, 'tasks.json'), JSON.stringify({ tasks: TASKS }));
  const words = ['batch', join(root, 'tasks.json'), '--permission-mode', 'acceptEdits', '--json'];
  const ending = promisify(execFile)(process.execPath, [BUILT_CLI, ...words], { cwd: projectDir, env }).catch(
    (error: { stdout: string }) => error,
  );
  // What a model says there is seen here while it still speaks.
  let watched: LiveTask | undefined;
  await until(async () => {
    const answer = await callDaemon({ socketPath: omcm.socketPath, path: '/v1/live' }).catch(() => null);
    const { state } = (answer?.body ?? {}) as { state?: LiveState };
    watched = state?.tasks.find((task) => task.state === 'running' && task.text.includes('far and wide'));
    return watched !== undefined;
  }, LIMIT_MS);
  const idOfWorker = worker.events().find(({ event }) => event === 'ready')?.id;
  expect(watched).toMatchObject({ agent: 'Explore', worker: idOfWorker, endedAt: null });
  expect(watched?.text.split('far and wide').length).toBeLessThan(TIMES);
  const { stdout } = await ending;
  const { tasks } = JSON.parse(stdout) as RunResult;

  expect(tasks.map(({ id, state }) => [id, state])).toEqual(TASKS.map(({ id }) => [id, 'done']));
  expect((await omcm.status()).recentProblems).toEqual([]);
  expect(tasks[1]?.changes).toMatchObject({ kind: 'merged', files: ['README.md', 'theirs.md'] });
  expect(text('README.md')).toBe('Mine and theirs, not committed.\n');
  expect(text('theirs.md')).toBe('New.\n');
  expect(git('rev-parse', 'HEAD')).toBe(head);
  expect(git('branch', '--list', 'omcm/*')).toBe('');
  expect(seen).toContain('README.md');
  expect(seen).not.toContain('.env');
  expect(seen).not.toContain('ignored.txt');
  // This machine has asked nobody itself.
  expect((await omcm.status()).opencode.servers).toEqual([]);
  expect(worker.events().filter(({ event }) => event === 'ended')).toHaveLength(TASKS.length);

  const askTeam = async () =>
    (await promisify(execFile)(process.execPath, [BUILT_CLI, 'status', '--team', '--json'], { env })).stdout;
  let told = '';
  // As of a moment ago.
  await until(async () => {
    told = await askTeam();
    return (JSON.parse(told) as TeamStatus).workers.every(({ running }) => running === 0);
  });
  expect(JSON.parse(told)).toMatchObject({
    redis: 'answers',
    workers: [{ tags: ['eu', 'gpu'], concurrency: 2 }],
    queued: { waiting: 0 },
  });
  // Nowhere does it say where the Redis is, let alone how one gets in.
  const logs = readFileSync(join(omcm.stateDir, 'logs', 'omcmd.log'), 'utf8');
  expect(logs + told + JSON.stringify(worker.events())).not.toContain('only-for-this-test');

  await stopProcess(worker.pid());
  expect(isRunning(worker.pid())).toBe(false);
  expect(readdirSync(join(worker.stateDir, 'worker', 'trees'))).toEqual([]);
});
