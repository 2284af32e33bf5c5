// A Redis behind TLS, with a user and a password: how one gets in, what is said where not, and who learns of the address.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { buildCli } from '../../cli/support/build-cli.ts';
import { until } from '../../daemon/support/until.ts';
import { processesUnder } from '../../support/stop-process.ts';
import { type OwnRedis, PASSWORD, useRedis } from '../../support/use-redis.ts';
import { ask, type Machine, useMachine, useScheduler } from '../../support/use-team.ts';

const cli = await buildCli();
const RIGHTS = '~omcm:* ~omcm-* &omcm-* +@all -@admin -@dangerous +info';

const caFileOf = ({ certificates }: OwnRedis) => certificates?.caFile ?? '';

it('lets in whoever names the authority in execution.redisCaFile, or in NODE_EXTRA_CA_CERTS', async () => {
  const redis = await useRedis({ tls: true, rights: RIGHTS });
  const { url } = redis;
  const ways = [
    { execution: { redisCaFile: caFileOf(redis), namespace: 'omcm' } },
    { execution: { namespace: 'omcm-two' }, env: { NODE_EXTRA_CA_CERTS: caFileOf(redis) } },
  ];
  for (const way of ways) {
    const ours = useScheduler(cli, { name: 'ours', url, ...way });
    const worker = await useMachine(cli, { name: 'worker', url, ...way }).work();
    expect((await ours.batch([ask('look', 'found')])).tasks[0]).toMatchObject({ state: 'done' });
    expect(worker.stdout()).toContain('"ended"');
    expect(ours.journal(), 'nobody was asked from here').toEqual([]);
  }
});

it('says what is wrong, and not where', async () => {
  const redis = await useRedis({ tls: true });
  const ca = { redisCaFile: caFileOf(redis) };
  const wrong = [
    ['redis-login-refused', redis.url.replace(PASSWORD, `wrong-${PASSWORD}`), ca],
    ['redis-not-trusted', redis.url, {}],
    ['redis-wants-tls', redis.url.replace('rediss:', 'redis:'), {}],
  ] as const;
  for (const [code, url, execution] of wrong) {
    const ours = useScheduler(cli, { name: 'ours', url, execution });
    const worker = useMachine(cli, { name: 'worker', url, execution }).startWorker();
    await ours.omcm(['daemon', 'start']);
    await until(async () => (await ours.status()).recentProblems.some((problem) => problem.code === code));
    await until(() => worker.stdout().includes(`"code":"${code}"`));
    const log = readFileSync(join(ours.paths.stateDir, 'logs', 'omcmd.log'), 'utf8');
    const told = [
      log,
      JSON.stringify(await ours.json(['daemon', 'status'])),
      worker.stdout(),
      worker.stderr(),
    ].join('\n');
    expect(told, code).not.toContain(PASSWORD);
    expect(told, code).not.toContain(`:${redis.port}`);
  }
});

it('is known to the daemon and the worker alone', async () => {
  const redis = await useRedis({ tls: true });
  const variables = (machine: Machine) => ({
    OMCM_REDIS_URL: redis.url,
    PATH: `${spyOnGit(machine)}:${process.env.PATH}`,
    SEEN_BY_GIT: seenByGit(machine),
  });
  const execution = { redisCaFile: caFileOf(redis) };
  const ours = useScheduler(cli, { name: 'ours', url: '', execution });
  const theirs = useMachine(cli, { name: 'worker', url: '', execution });
  await theirs.work([], variables(theirs));
  await ours.omcm(['daemon', 'start'], { env: variables(ours) });
  const tasks = [ask('look', 'found'), { ...ask('here', 'planned'), agent: 'planner' }];
  expect((await ours.batch(tasks)).tasks[0]).toMatchObject({ state: 'done' });
  await ours.batch([ask('again', 'found')]);

  const knowing: string[] = [];
  let strangers = 0;
  for (const machine of [ours, theirs])
    for (const pid of await processesUnder(machine.home)) {
      const [words = '', environment = ''] = ['cmdline', 'environ'].map((name) =>
        readFileSync(`/proc/${pid}/${name}`, 'utf8'),
      );
      expect(words).not.toContain(PASSWORD);
      if (environment.includes(PASSWORD)) knowing.push(/omcmd\.js|worker/.exec(words)?.[0] ?? words);
      else strangers += 1;
    }
  expect(knowing.sort()).toEqual(['omcmd.js', 'omcmd.js', 'worker']);
  expect(strangers, 'an OpenCode is at work').toBeGreaterThan(0);
  for (const machine of [ours, theirs]) {
    expect(readFileSync(seenByGit(machine), 'utf8')).toContain('PATH=');
    expect(readFileSync(seenByGit(machine), 'utf8')).not.toContain(PASSWORD);
    for (const file of filesUnder(machine.home))
      expect(readFileSync(file, 'utf8'), file).not.toContain(PASSWORD);
  }
});

const seenByGit = ({ home }: Machine) => join(home, '..', 'seen-by-git');

/** A git before the real one, which writes down its environment. */
function spyOnGit({ home }: Machine): string {
  const folder = join(home, '..', 'bin');
  const file = join(folder, 'git');
  if (existsSync(file)) return folder;
  mkdirSync(folder);
  writeFileSync(file, '#!/bin/sh\nenv >>"$SEEN_BY_GIT"\nPATH=${PATH#*:} exec git "$@"\n');
  chmodSync(file, 0o755);
  return folder;
}

function filesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}
