// When, and how often, a user is told how to hand over.
import { cpSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { QuotaReply } from '../../../src/protocol/quota.ts';
import type { Tidings } from '../../../src/protocol/session-mode.ts';
import { type Api, type ApiOptions, useApi } from '../support/use-api.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 28, 12);
const HOW = 'omcm handoff --open';
const SILENT = { notice: null, context: null };

async function type(api: Api, text: string, session = 's1'): Promise<Tidings> {
  const prompt = { text, directory: api.projectDir };
  return (await api.request('POST', `/v1/sessions/${session}/prompts`, prompt)).body as Tidings;
}

/** What the user is told of a hand-over with this reading. */
async function spend(api: Api, percent: number, { session = 's1', resetsAt = NOON + 2 * HOUR } = {}) {
  const windows = [{ kind: 'five_hour', percent, resetsAt: new Date(resetsAt).toISOString() }];
  const answer = await api.request('POST', '/v1/quota', { source: 'mod', sessionId: session, windows });
  return (answer.body as QuotaReply).notices.filter((notice) => notice.includes(HOW));
}

async function useClock(options: ApiOptions = {}) {
  let now = NOON;
  const env = { LANG: 'C', ...options.env };
  const api = await useApi({ ...options, env, now: () => now });
  const later = (hours: number) => {
    now += hours * HOUR;
  };
  return { api, later };
}

describe('a word in a prompt', () => {
  it('has the user and the model told, once in a session', async () => {
    const { api } = await useClock();
    expect(await type(api, 'opencode docs')).toEqual(SILENT);
    const told = { notice: expect.stringContaining(HOW), context: expect.stringContaining(HOW) };
    expect(await type(api, 'handoff')).toEqual(told);
    expect(await type(api, 'handoff')).toEqual(SILENT);
    expect(await type(api, 'opencode')).toEqual(SILENT);
    expect(await type(api, '전환', 's2')).toEqual(told);
  });

  it('is one of `keywords`', async () => {
    const { api } = await useClock({ config: { keywords: ['beam me up'] } });
    expect(await type(api, 'handoff')).toEqual(SILENT);
    expect((await type(api, 'beam me up')).notice).toContain(HOW);
  });

  it.each([{ showOnKeyword: false }, { quietMode: true }])('is nothing with %j', async (notifications) => {
    const { api } = await useClock({ config: { notifications } });
    expect(await type(api, 'handoff')).toEqual(SILENT);
  });

  it('is answered in Korean to whom reads Korean', async () => {
    const { api } = await useClock({ config: { locale: 'ko' } });
    expect((await type(api, '전환')).notice).toMatch(/OpenCode에서 이어가고/);
  });

  it.each([{ text: 'x'.repeat(201) }, { text: 1 }, {}])('is not looked for in %j', async (body) => {
    const { api } = await useClock();
    expect(await api.request('POST', '/v1/sessions/s1/prompts', body)).toMatchObject({ status: 400 });
  });
});

describe("Claude's usage", () => {
  it('has each session told once in a window, from the threshold on', async () => {
    const { api, later } = await useClock();
    expect(await spend(api, 89)).toEqual([]);
    expect(await spend(api, 92)).toEqual([expect.stringContaining("Claude's five-hour window is at 92 %.")]);
    expect(await spend(api, 95)).toEqual([]);
    expect(await spend(api, 95, { session: 's2' })).toHaveLength(1);
    // Neither a fallback that ends and begins again.
    await spend(api, 40);
    later(1);
    await spend(api, 40);
    expect(await spend(api, 93)).toEqual([]);
    later(2);
    expect(await spend(api, 91, { resetsAt: NOON + 7 * HOUR })).toHaveLength(1);
  });

  it('is not told again to who has asked', async () => {
    const { api } = await useClock();
    await type(api, 'handoff');
    expect(await spend(api, 92)).toEqual([]);
  });

  it('is told with the next prompt where no reading could be answered', async () => {
    const { api } = await useClock();
    const message = "You've hit your limit · resets 11pm (UTC)";
    await api.request('POST', '/v1/quota', { source: 'limit-message', sessionId: 's1', message });
    expect(await type(api, 'go on')).toEqual({ notice: expect.stringContaining(HOW), context: null });
    expect(await type(api, 'go on')).toEqual(SILENT);
  });

  it('is told to the mod that says hello, and not to a hook that nobody hears', async () => {
    const { api } = await useClock();
    await spend(api, 92, { session: 's0' });
    const hello = async (via: string) => {
      const start = { via, sessionId: 's1', directory: api.projectDir };
      return ((await api.request('POST', '/v1/sessions', start)).body as { notice: string | null }).notice;
    };
    expect(await hello('hook')).toBeNull();
    expect(await hello('mod')).toContain(HOW);
    expect(await hello('mod')).toBeNull();
  });

  it.each([
    { notifications: { showOnThreshold: false } },
    { notifications: { quietMode: true } },
    { threshold: 95 },
  ])('is not told with %j', async (config) => {
    const { api } = await useClock({ config });
    expect(await spend(api, 94)).toEqual([]);
  });
});

it('what was told is known to the daemon that starts anew', async () => {
  const first = await useClock();
  await type(first.api, 'handoff');
  await spend(first.api, 92, { session: 's2' });
  const { handoffDir } = first.api.paths;
  const next = await useClock({
    before: ({ paths }) => cpSync(handoffDir, paths.handoffDir, { recursive: true }),
  });
  expect(await type(next.api, 'handoff')).toEqual(SILENT);
  expect(await spend(next.api, 93, { session: 's2' })).toEqual([]);
  expect(await type(next.api, 'handoff', 's3')).not.toEqual(SILENT);
});
