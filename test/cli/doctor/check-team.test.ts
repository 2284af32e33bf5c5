import { describe, expect, it } from 'vitest';
import { checkTeam } from '../../../src/cli/doctor/check-team.ts';
import type { Consulted } from '../../../src/cli/doctor/consult-daemon.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import type { Status, TeamStatus, TeamWorker } from '../../../src/protocol/status.ts';

const WORKER: TeamWorker = {
  id: 'gpu-1-4711',
  host: 'gpu-1',
  version: '1.2.3',
  protocol: 2,
  tags: [],
  providers: ['openai'],
  concurrency: 4,
  running: 0,
  done: 0,
  draining: false,
};

const TEAM: TeamStatus = {
  redis: 'answers',
  namespace: 'omcm',
  workers: [WORKER],
  queued: { waiting: 0, running: 0 },
  protocol: 2,
  schedulers: [{ host: 'here', version: '1.2.3', protocol: 2 }],
};

function examine(team: Partial<TeamStatus> | undefined) {
  const status = (team === undefined ? {} : { team: { ...TEAM, ...team } }) as Status;
  return checkTeam({ kind: 'running', status } as Consulted, messagesIn('en'));
}

describe('doctor on a team', () => {
  it('says who is there', () => {
    expect(examine({})).toMatchObject([
      { id: 'team', status: 'ok', message: expect.stringMatching(/1 worker is there/) },
    ]);
  });

  it('fails where Redis does not answer, and warns where nobody is there', () => {
    expect(examine({ redis: 'lost' })).toMatchObject([{ status: 'fail' }]);
    expect(examine({ workers: [] })).toMatchObject([
      { status: 'warn', remedy: expect.stringMatching(/omcm worker/) },
    ]);
  });

  it.each([
    ['an older', 1, 'On gpu-1: omcm update'],
    ['a newer', 3, 'omcm update'],
  ])('says what to update for %s worker and scheduler, and that nobody is left', (_, protocol, remedy) => {
    const workers = [{ ...WORKER, protocol }];
    const schedulers = [{ host: 'gpu-1', version: '9.8.7', protocol }];
    const [nobody, worker, scheduler] = examine({ workers, schedulers });
    expect(nobody).toMatchObject({ status: 'warn', remedy: expect.stringMatching(/omcm worker/) });
    expect(worker).toMatchObject({ status: 'warn', remedy });
    expect(worker?.message).toContain(
      `gpu-1-4711 (OMCM 1.2.3) speaks protocol ${protocol} of the queue, this machine 2`,
    );
    expect(scheduler).toMatchObject({ status: 'warn', remedy });
  });

  it('takes a team of an older daemon for one that understands itself', () => {
    const { protocol: _, schedulers: __, ...older } = TEAM;
    const { protocol: ___, ...worker } = WORKER;
    const status = { team: { ...older, workers: [worker] } } as unknown as Status;
    const found = checkTeam({ kind: 'running', status } as Consulted, messagesIn('en'));
    expect(found).toMatchObject([{ status: 'ok' }]);
  });

  it('has nothing to say where there is no team, and without a daemon', () => {
    expect(examine(undefined)).toEqual([]);
    expect(checkTeam({ kind: 'not-running' }, messagesIn('en'))).toEqual([]);
  });
});
