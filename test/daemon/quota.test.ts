import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FallbackStatus, QuotaReply } from '../../src/protocol/quota.ts';
import { type Api, useApi } from './support/use-api.ts';

const MINUTE = 60_000;
const NOON = Date.UTC(2026, 0, 28, 12);
const TWO = new Date(NOON + 120 * MINUTE).toISOString();
const SEVEN = new Date(NOON + 420 * MINUTE).toISOString();

/** A daemon whose clock stands at noon until it is set. */
async function useClock(options: Parameters<typeof useApi>[0] = {}) {
  let now = NOON;
  const api = await useApi({ ...options, config: { mode: 'default', ...options.config }, now: () => now });
  const ask = async <T>(method: string, path: string, body?: unknown): Promise<T> =>
    (await api.request(method, path, body)).body as T;
  return {
    ...api,
    at: (minutes: number) => {
      now = NOON + minutes * MINUTE;
    },
    clock: () => now,
    tell: (percent: number, resetsAt: string | number = TWO, sessionId = 'a') =>
      ask<QuotaReply>('POST', '/v1/quota', {
        source: 'mod',
        sessionId,
        windows: [{ kind: 'five_hour', percent, resetsAt }],
      }),
    statusLine: (percent: number, sessionId: string) =>
      ask<QuotaReply>('POST', '/v1/quota', {
        source: 'status-line',
        sessionId,
        windows: [{ kind: 'five_hour', percent, resetsAt: Date.parse(TWO) / 1_000 }],
      }),
    fallback: () => ask<FallbackStatus>('GET', '/v1/fallback'),
    hand: (set: string) => ask<FallbackStatus>('POST', '/v1/fallback', { set }),
    route: async (agent = 'planner') =>
      (await ask<{ decision: { reason: string } }>('POST', '/v1/route', { agent })).decision.reason,
  };
}

function stateOf(api: Api): Record<string, unknown> {
  return JSON.parse(readFileSync(api.paths.fallbackStateFile, 'utf8'));
}

function write(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

describe('the quota in the daemon', () => {
  it('goes from a reading to a suggestion, to the fallback and back, and tells each of them once', async () => {
    const api = await useClock({ env: { LANG: 'C' } });
    expect(await api.route()).toBe('default');
    expect((await api.tell(75)).notices).toEqual([
      expect.stringMatching(/^OMCM: Claude's five-hour window is at 75 %, it resets at .+save-tokens/),
    ]);
    api.at(10);
    expect(await api.tell(76)).toEqual({ fallbackActive: false, notices: [] });
    const { fallbackActive, notices } = await api.tell(92);
    expect([fallbackActive, notices]).toEqual([
      true,
      [expect.stringMatching(/at 92 %: other models answer/), expect.stringContaining('omcm handoff')],
    ]);
    expect(await api.route()).toBe('fallback-active');

    for (const percent of [89, 91, 89]) {
      api.at((api.clock() - NOON) / MINUTE + 6);
      expect(await api.tell(percent)).toEqual({ fallbackActive: true, notices: [] });
      expect(await api.route()).toBe('fallback-active');
    }

    api.at(121);
    const back = await api.tell(40, SEVEN);
    expect(back).toEqual({ fallbackActive: false, notices: [expect.stringContaining('Claude is back')] });
    expect(await api.route()).toBe('default');
  });

  it("keeps both files in the seed's shape", async () => {
    const api = await useClock();
    await api.tell(92.5);
    expect(JSON.parse(readFileSync(api.paths.providerLimitsFile, 'utf8'))).toMatchObject({
      claude: { fiveHour: { percent: 92.5, resetsAt: TWO, source: 'mod' }, weekly: null },
    });
    expect(stateOf(api)).toMatchObject({
      fallbackActive: true,
      fallbackReason: 'claude-limit-92%',
      currentModel: { id: 'gpt-5.2-codex', name: 'GPT-5.2 Codex' },
      trippedBy: 'fiveHour',
    });
  });

  it('returns by itself when the window has reset and nobody is there to say so', async () => {
    const api = await useClock();
    await api.tell(92);
    api.at(131);
    expect(await api.route()).toBe('default');
    expect(stateOf(api)).toMatchObject({ fallbackActive: false, fallbackReason: null });
  });

  it('takes readings, and a fallback, that another tool has written', async () => {
    const api = await useClock();
    write(api.paths.providerLimitsFile, {
      claude: { fiveHour: { percent: 95, resetsAt: TWO, lastUpdated: NOON } },
    });
    expect(await api.route()).toBe('fallback-active');
    write(api.paths.fallbackStateFile, { ...stateOf(api), fallbackActive: false });
    expect(await api.route()).toBe('default');
    expect(await api.fallback()).toMatchObject({ active: false, manual: 'off' });
  });

  it('is held by hand, also against the limit, until it is let go', async () => {
    const api = await useClock();
    expect(await api.hand('on')).toMatchObject({ active: true, manual: 'on', reason: 'manual' });
    expect(await api.route()).toBe('fallback-active');
    await api.tell(95);
    expect(await api.hand('off')).toMatchObject({ active: false, manual: 'off' });
    expect(await api.route()).toBe('default');
    expect(await api.hand('auto')).toMatchObject({ active: true, manual: null, reason: 'claude-limit-95%' });
  });

  it('says that nobody has read anything, and then routes nothing', async () => {
    const api = await useClock();
    expect(await api.fallback()).toMatchObject({ active: false, state: 'unread', readings: [] });
  });

  it('takes a status line that repeats what it heard long ago for no news', async () => {
    const api = await useClock();
    await api.statusLine(60, 'idle');
    api.at(30);
    await api.tell(92);
    api.at(40);
    await api.statusLine(60, 'idle');
    api.at(41);
    await api.statusLine(61, 'also idle');
    expect((await api.fallback()).readings).toMatchObject([{ percent: 92, source: 'mod' }]);
  });

  it('learns of a limit from the sentence in which Claude Code meets it', async () => {
    const api = await useClock();
    const body = {
      source: 'limit-message',
      sessionId: 'a',
      message: "You've hit your limit · resets 2pm (UTC)",
    };
    expect((await api.request('POST', '/v1/quota', body)).body).toMatchObject({ fallbackActive: true });
    expect(await api.fallback()).toMatchObject({ trippedBy: 'fiveHour', resetsAt: Date.parse(TWO) });
  });

  it('goes on where the daemon before it has ended', async () => {
    const first = await useClock();
    await first.tell(92);
    const before = stateOf(first);
    await first.daemon.close();
    const { createDaemon } = await import('../../src/daemon/create-daemon.ts');
    const { pino } = await import('pino');
    const { paths } = first;
    const options = { paths, env: first.env(), log: pino({ level: 'silent' }), pageDir: first.home };
    const second = await createDaemon({ ...options, now: () => NOON + 30 * MINUTE });
    expect(await second.services.fallback()).toMatchObject({ active: true, since: NOON });
    expect(stateOf(first)).toEqual(before);
    await second.close();
  });

  it('shifts the cheap roles by the pace where that is asked for, step by step, and says so', async () => {
    const api = await useClock({ config: { routing: { pace: true } } });
    // The window began three hours ago: 66 % by now is 110 % at its reset.
    await api.tell(66);
    expect(await api.route('explore')).toBe('pace-fiveHour-110%-explore');
    expect(await api.route('researcher')).toBe('default');
    api.at(2);
    await api.tell(80, TWO, 'b');
    expect(await api.route('researcher')).toMatch(/^pace-fiveHour-1\d\d%-researcher$/);
    expect(await api.fallback()).toMatchObject({ active: false, pace: { level: 2, routes: true } });
  });

  it('only tells the pace where routing by it was not asked for', async () => {
    const api = await useClock();
    await api.tell(66);
    expect(await api.route('explore')).toBe('default');
    expect(await api.fallback()).toMatchObject({
      pace: { window: 'fiveHour', percentAtReset: expect.closeTo(110), level: 1, routes: false },
    });
  });

  it('says what it does where it saves from the warning on', async () => {
    const api = await useClock({ config: { autoHandoff: true } });
    expect((await api.tell(75)).notices).toEqual([
      expect.stringContaining('simple subagents go to other models'),
    ]);
    expect(await api.route('explore')).toBe('claude-usage-75%-explore');
  });

  it('says nothing where it is to be quiet', async () => {
    const api = await useClock({ config: { notifications: { quietMode: true } } });
    expect(await api.tell(92)).toEqual({ fallbackActive: true, notices: [] });
  });

  it('speaks Korean to those who do', async () => {
    const api = await useClock({ config: { locale: 'ko' } });
    expect((await api.tell(92)).notices[0]).toContain('5시간 한도가 92%입니다');
  });

  it('tells whoever starts a session what nobody was told', async () => {
    const api = await useClock();
    await api.hand('on');
    const start = { sessionId: 'new', directory: api.projectDir };
    const { body } = await api.request('POST', '/v1/sessions', start);
    expect(body).toMatchObject({ notice: expect.stringContaining('fallback is on') });
    expect((await api.request('POST', '/v1/sessions', start)).body).toMatchObject({ notice: null });
  });

  it.each([
    [{ source: 'rumour', sessionId: 'a', windows: [] }],
    [{ source: 'mod', sessionId: 'a', windows: [{ kind: 'five_hour', percent: '92' }] }],
    [{ source: 'mod', windows: [] }],
  ])('refuses what is no reading: %j', async (body) => {
    const api = await useClock();
    expect(await api.request('POST', '/v1/quota', body)).toMatchObject({ status: 400 });
  });

  it('reads nothing from windows that are not the account’s, or without a number', async () => {
    const api = await useClock();
    const windows = [
      { kind: 'spend_limit', percent: 99 },
      { kind: 'seven_day', percent: 12, resetsAt: 'soon' },
    ];
    await api.request('POST', '/v1/quota', { source: 'mod', sessionId: 'a', windows });
    expect((await api.fallback()).readings).toMatchObject([
      { window: 'weekly', percent: 12, resetsAt: null },
    ]);
  });
});
