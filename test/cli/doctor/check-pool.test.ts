import { describe, expect, it } from 'vitest';
import { checkPool } from '../../../src/cli/doctor/check-pool.ts';
import type { Consulted } from '../../../src/cli/doctor/consult-daemon.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import type { PoolStatus, ServerStatus, Status } from '../../../src/protocol/status.ts';

const SERVER: ServerStatus = {
  id: 'server-1',
  kind: 'own',
  port: 4096,
  url: null,
  pid: 1,
  state: 'ready',
  tasksRunning: 0,
  tasksDone: 0,
  startedAt: 0,
  rssBytes: null,
  lastError: null,
};

function examine(
  servers: readonly Partial<ServerStatus>[],
  outage: string | null = null,
  locale: 'en' | 'ko' = 'en',
) {
  const pool: PoolStatus = {
    minServers: 1,
    maxServers: 5,
    sessionsPerServer: 16,
    waiting: 0,
    outage,
    servers: servers.map((server) => ({ ...SERVER, ...server })),
  };
  const health = { version: '0', protocol: 1, pid: 1, startedAt: 0, state: 'serving' } as const;
  const status: Status = {
    ...health,
    stateDir: '/state',
    opencode: pool,
    tasks: { running: 0, total: 0, routed: 0, failed: 0, failedOpen: 0 },
    sessions: 0,
    configProblems: [],
    recentProblems: [],
  };
  const consulted: Consulted = { kind: 'running', health, status, providers: null };
  return checkPool(consulted, messagesIn(locale));
}

const far = (more: Partial<ServerStatus> = {}) => ({
  kind: 'remote' as const,
  port: null,
  pid: null,
  url: 'https://build.example',
  ...more,
});

describe('doctor, on the OpenCode servers', () => {
  it('counts those that are ready', () => {
    expect(examine([{}, {}, far()])).toMatchObject([
      { id: 'pool', status: 'ok', message: expect.stringContaining('2 ready') },
      { id: 'remote', status: 'ok', message: expect.stringContaining('https://build.example') },
    ]);
  });

  it.each(['en', 'ko'] as const)('names why servers were given up, and what to do (%s)', (locale) => {
    const [finding] = examine([{}, { state: 'given-up', lastError: 'exit 7: no such flag' }], null, locale);
    expect(finding).toMatchObject({ id: 'pool', status: 'warn' });
    expect(finding?.message).toContain('exit 7: no such flag');
    expect(finding?.remedy).toContain('omcm pool recycle');
  });

  it('fails when no server can take a task', () => {
    expect(examine([{ state: 'given-up', lastError: 'exit 7' }], 'exit 7')).toMatchObject([
      { id: 'pool', status: 'fail', message: expect.stringContaining('exit 7') },
    ]);
  });

  it('says what is wrong with a remote', () => {
    const lastError = 'Nobody listens at https://build.example: start `opencode serve` there.';
    expect(examine([far({ state: 'failed', lastError })])[1]).toMatchObject({
      id: 'remote',
      status: 'warn',
      message: expect.stringContaining(lastError),
    });
  });

  it.each([
    ['http://build.example:4096', ['ok', 'warn']],
    ['http://127.0.0.1:4096', ['ok']],
    ['http://[::1]:4096', ['ok']],
    ['http://localhost:4096', ['ok']],
  ])('warns of a password that travels readable: %s', (url, statuses) => {
    expect(
      examine([far({ url })])
        .slice(1)
        .map(({ status }) => status),
    ).toEqual(statuses);
  });

  it('has nothing to say without a daemon', () => {
    expect(checkPool({ kind: 'not-running' }, messagesIn('en'))).toEqual([]);
  });
});
