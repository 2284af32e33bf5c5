// A worker and the schedulers of its team: who is refused, and what is said of it. With a Redis and no team but that.
import { describe, expect, it, onTestFinished } from 'vitest';
import { connectRedis } from '../../src/adapters/bullmq/connect-redis.ts';
import { createTeam } from '../../src/adapters/bullmq/team.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { QUEUE_PROTOCOL } from '../../src/protocol/queue.ts';
import { until } from '../daemon/support/until.ts';
import { useRedis } from '../support/use-redis.ts';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';
import { useForeignDaemon } from './support/use-foreign-daemon.ts';

const cli = await buildCli();

async function useTeam() {
  const { url } = await useRedis();
  const { redis, close } = connectRedis({ url, ca: null }, () => undefined);
  onTestFinished(close);
  const { schedulers } = createTeam(redis, 'omcm');
  const announce = (host: string, protocol: number, version: string) =>
    schedulers.announce({ id: host, host, protocol, version });
  return { home: useCli(cli, { env: { OMCM_REDIS_URL: url } }), announce, leave: schedulers.leave };
}

const OURS = `this worker (OMCM ${cli.version}) protocol ${QUEUE_PROTOCOL}`;

describe('a worker', () => {
  it.each([
    ['newer', QUEUE_PROTOCOL + 1, 'Update this machine (`omcm update`), and start the worker again.'],
    ['older', QUEUE_PROTOCOL - 1, 'Update build-1 (`omcm update`, then `omcm daemon restart`)'],
  ])('is refused where its team is %s, is told what to do, and starts nothing', async (_, protocol, what) => {
    const { home, announce } = await useTeam();
    await announce('build-1', protocol, '9.8.7');
    const { code, stderr } = await home.omcm(['worker']);
    expect(stderr).toContain(
      `the one on build-1 (OMCM 9.8.7) speaks protocol ${protocol} of the queue, ${OURS}.`,
    );
    expect(stderr).toContain(what);
    expect(code).toBe(EXIT_CODES.otherVersion);
    expect(home.daemons()).toEqual([]);
  });

  it('ends, and says why, where its own machine has a daemon that it cannot use', async () => {
    const { home } = await useTeam();
    await useForeignDaemon(home);
    const { code, stderr } = await home.omcm(['worker']);
    expect(stderr).toContain('The running daemon (9.0.0) is newer than this client');
    expect(code).toBe(EXIT_CODES.failed);
  });

  it('works as long as one scheduler understands it, and leaves by itself with the last of them', async () => {
    const { home, announce, leave } = await useTeam();
    await announce('old-1', QUEUE_PROTOCOL, cli.version);
    await announce('new-1', QUEUE_PROTOCOL + 1, '9.8.7');
    const worker = home.start(['worker', '--json']);
    await until(() => worker.stdout().includes('"ready"'));
    expect(worker.stdout()).toContain('{"event":"stranger","host":"new-1"');
    await leave('old-1');
    const { code, stdout } = await worker.result;
    expect(code).toBe(EXIT_CODES.otherVersion);
    expect(stdout).toContain('"other-protocol"');
  });
});
