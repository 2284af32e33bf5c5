import { execFile, execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import type { RunResult } from '../../../src/cli/runs/run-result.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { workOn } from '../../../src/simulation/scripted-work.ts';
import { until } from '../../daemon/support/until.ts';
import { BUILT_CLI } from '../../support/built-cli.ts';
import { type Omcm, useOmcm } from '../../support/use-omcm.ts';
import { useRedis } from '../../support/use-redis.ts';
import { type TeamWorker, useTeamWorker } from '../../support/use-team-worker.ts';

const LIMIT_MS = 290_000;
const COUNT = 100;
const WORKERS = 3;

/** Ten chains of ten; the fifth task of each writes a file, one of all fails. */
const TASKS = Array.from({ length: COUNT }, (_, at) => {
  const [chain, place] = [at % 10, Math.floor(at / 10)];
  const id = `c${chain}-${place}`;
  const writes = place === 4;
  return {
    id,
    agent: writes ? 'writer' : 'Explore',
    prompt: `Work on <${id}>.`,
    dependsOn: place === 0 ? [] : [`c${chain}-${place - 1}`],
    ...(writes ? { files: [`out/${id}.md`] } : {}),
  };
});
const FAILS = 'c7-3';
const WRITERS = TASKS.filter(({ agent }) => agent === 'writer').map(({ id }) => id);

const idIn = (text: string) => /<(c\d-\d)>/.exec(text)?.[1] ?? '';

function answerAll({ providers }: Pick<Omcm, 'providers'>): void {
  const answer = (request: JournaledRequest) => {
    const id = idIn(request.lastUserText);
    if (id === FAILS) return { fault: { kind: 'garbage-body' } as const };
    if (!WRITERS.includes(id)) return { text: `${id} is done`, delayMs: 50 };
    const [projectDir = ''] =
      /\/[^\s"'<>]*\/(?:worker\/trees|worktrees)\/[^\s"'<>]*/.exec(request.system) ?? [];
    const steps = [{ kind: 'write' as const, path: `out/${id}.md`, text: `${id}\n` }];
    return workOn(request, { projectDir, steps, report: `${id} is done` });
  };
  for (const provider of [providers.google, providers.openai]) provider.on({ answer });
  providers.anthropic.on({ answer: { fault: { kind: 'refused-key' } } });
}

async function runBatch(omcm: Omcm): Promise<RunResult> {
  const file = join(omcm.home.root, 'tasks.json');
  writeFileSync(file, JSON.stringify({ tasks: TASKS }));
  const words = ['batch', file, '--workers', '16', '--permission-mode', 'acceptEdits', '--json'];
  const run = promisify(execFile)(process.execPath, [BUILT_CLI, ...words], {
    cwd: omcm.home.projectDir,
    env: omcm.env(),
    maxBuffer: 64 * 1_048_576,
  });
  const { stdout } = await run.catch((error: { stdout: string }) => error);
  return JSON.parse(stdout) as RunResult;
}

/** What of a run has to be the same, whoever does it. */
const outcomeOf = ({ tasks }: RunResult) => Object.fromEntries(tasks.map(({ id, state }) => [id, state]));

const EXPECTED = Object.fromEntries(
  TASKS.map(({ id }) => {
    const [, chain, place] = /^c(\d)-(\d)$/.exec(id) ?? [];
    if (id === FAILS) return [id, 'failed'];
    return [id, chain === '7' && Number(place) > 3 ? 'skipped' : 'done'];
  }),
);

function filesIn({ home }: Omcm): Readonly<Record<string, string>> {
  const folder = join(home.projectDir, 'out');
  const names = readdirSync(folder);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

const WRITTEN = Object.fromEntries(
  WRITERS.filter((id) => EXPECTED[id] === 'done').map((id) => [`${id}.md`, `${id}\n`]),
);

const OPTIONS = {
  variables: { CLAUDE_CODE_MAX_RETRIES: '0' },
};

it(`ends each of ${COUNT} tasks once, though workers and Redis are killed meanwhile`, {
  timeout: LIMIT_MS,
}, async () => {
  const redis = await useRedis();
  const omcm = await useOmcm({
    config: { mode: 'fusion', execution: { backend: 'bullmq' } },
    variables: { ...OPTIONS.variables, OMCM_REDIS_URL: redis.url },
  });
  answerAll(omcm);
  const place = {
    url: redis.url,
    cli: BUILT_CLI,
    path: omcm.env().PATH ?? '',
    words: ['--concurrency', '4'],
  };
  const workers = Array.from({ length: WORKERS }, () => useTeamWorker(omcm, place));
  await Promise.all(workers.map((worker) => worker.ready()));

  const running = runBatch(omcm);
  const taken = () =>
    workers.flatMap((worker) => worker.events()).filter(({ event }) => event === 'took').length;
  const killOne = async (worker: TeamWorker | undefined) => {
    await worker?.kill();
    worker?.restart();
  };
  await until(() => taken() >= 15, 120_000);
  await killOne(workers[0]);
  await until(() => taken() >= 35, 120_000);
  await redis.kill();
  await redis.start();
  await until(() => taken() >= 55, 120_000);
  await killOne(workers[1]);
  const result = await running;

  expect(outcomeOf(result)).toEqual(EXPECTED);
  expect(filesIn(omcm)).toEqual(WRITTEN);
  const [journal = ''] = readdirSync(join(omcm.stateDir, 'runs'));
  const lines = readFileSync(join(omcm.stateDir, 'runs', journal), 'utf8')
    .trim()
    .split('\n');
  const ends = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'ended');
  expect(ends.map(({ task }) => task).sort()).toEqual(TASKS.map(({ id }) => id).sort());
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: omcm.home.projectDir, env: omcm.env(), encoding: 'utf8' });
  expect(git('branch', '--list', 'omcm/*')).toBe('');
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
});

it('gives the same outcome on this machine alone', { timeout: LIMIT_MS }, async () => {
  const omcm = await useOmcm({ config: { mode: 'fusion', pool: { maxServers: 1 } }, ...OPTIONS });
  answerAll(omcm);
  expect(outcomeOf(await runBatch(omcm))).toEqual(EXPECTED);
  expect(filesIn(omcm)).toEqual(WRITTEN);
});
