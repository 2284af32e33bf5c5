// Settings that change what a user is shown.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FallbackStatus } from '../../src/protocol/quota.ts';
import { buildCli } from '../cli/support/build-cli.ts';
import { type CliHome, useCli } from '../cli/support/use-cli.ts';
import { until } from '../daemon/support/until.ts';
import { useSettings } from './use-settings.ts';

const cli = await buildCli();
const TRANSCRIPT = join(import.meta.dirname, '..', 'fixtures', 'transcripts', 'work.jsonl');
const NO_COLOURS = { columns: null, colours: false };

describe('the status line', () => {
  const used = { five_hour: { used_percentage: 42, resets_at: Date.now() / 1_000 + 3_600 } };

  it('says what hud.preset and hud.template want', async () => {
    const settings = await useSettings();
    const line = async (hud: object) => {
      settings.set({ hud });
      const said = { session_id: 's1', rate_limits: used };
      return settings.daemon.services.statusLine(said, NO_COLOURS);
    };
    expect(await line({})).toMatch(/fusion.*42%/);
    expect(await line({ preset: 'minimal' })).toMatch(/^5h .* 42% \S+$/);
    expect(await line({ preset: 'seed' })).not.toContain('42%');
    expect(await line({ template: 'mine: {mode}!' })).toMatch(/^mine: \S*fusion\S*!$/);
    expect(await line({ wrap: 'echo theirs' }), 'whose program is not the daemon’s to run').toBeNull();
  });

  it('is shown where hud.place says', async () => {
    const settings = await useSettings();
    const start = { sessionId: 's1', directory: settings.projectDir };
    const hello = () => settings.ask<object>('POST', '/v1/sessions', start);
    expect(await hello()).toMatchObject({ footer: false });
    settings.set({ hud: { place: 'footer' } });
    expect(await hello()).toMatchObject({ footer: true });
  });
});

describe('a hand-over', () => {
  type Shown = {
    readonly files: { readonly changed: readonly string[]; readonly referenced: readonly string[] };
    readonly todos: { readonly pending: readonly string[] };
    readonly decisions: readonly unknown[];
  };

  async function contextWith(context: object): Promise<Shown> {
    const home = useCli(cli, { config: { context } });
    const folder = join(home.home, '.claude', 'projects', home.projectDir.replace(/[^A-Za-z0-9]/g, '-'));
    mkdirSync(folder, { recursive: true });
    const here = readFileSync(TRANSCRIPT, 'utf8').replaceAll('/project/till', home.projectDir);
    writeFileSync(join(folder, 's1.jsonl'), here);
    await home.omcm(['note', 'cents as integers']);
    return (await home.json(['context'])) as Shown;
  }

  it('holds files, to-dos and decisions, without context.includeRecentFiles, includeTodos, includeDecisions none', async () => {
    const all = await contextWith({});
    expect(all.files.changed.length).toBeGreaterThan(1);
    expect(all.todos.pending).toEqual(['Test the receipt']);
    expect(all.decisions).not.toEqual([]);
    const none = await contextWith({
      includeRecentFiles: false,
      includeTodos: false,
      includeDecisions: false,
    });
    expect(none).toMatchObject({ files: { changed: [], referenced: [] }, todos: { pending: [] } });
    expect(none.decisions).toEqual([]);
  });

  it('names context.recentFilesLimit files', async () => {
    expect((await contextWith({ recentFilesLimit: 1 })).files.changed).toHaveLength(1);
  });
});

describe('savings are compared with the Claude models', () => {
  const TOKENS = { input: 900, output: 90, reasoning: 0, cacheRead: 9, cacheWrite: 1 };

  /** What a provider says that it took is believed; 0 says nothing. */
  function useLog(config: object, costUsd = 0.5): CliHome {
    const home = useCli(cli, { config });
    const line = (agent: string) =>
      JSON.stringify({
        timestamp: '2026-11-20T12:00:00.000Z',
        requestId: agent,
        agent,
        provider: 'openai',
        model: 'gpt-5.2',
        failure: null,
        tokens: TOKENS,
        costUsd,
        durationMs: 1_000,
      });
    const lines = ['explore', 'executor', 'architect'].map((agent) => `${line(agent)}\n`);
    writeFileSync(home.paths.outcomeLogFile, lines.join(''));
    return home;
  }

  it('of savings.models.low, savings.models.medium and savings.models.high', async () => {
    const models = async (config: object) => {
      const { explained } = (await useLog(config).json(['savings', '--explain'])) as {
        readonly explained: readonly { readonly claudeModel: string }[];
      };
      return explained.map(({ claudeModel }) => claudeModel);
    };
    expect(await models({})).toEqual(['claude-haiku-5-5', 'claude-sonnet-5-5', 'claude-opus-5-5']);
    const own = { low: 'claude-low', medium: 'claude-medium', high: 'claude-high' };
    expect(await models({ savings: { models: own } })).toEqual(Object.values(own));
  });

  it.each([
    ['input', 900],
    ['output', 90],
    ['cacheRead', 9],
    ['cacheWrite', 1],
  ] as const)('by the prices of savings.prices: %s', async (kind, tokens) => {
    // A thousandth of a dollar for each token of that kind, and nothing for any other.
    const free = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
    const prices = { 'openai/gpt-5.2': { ...free, [kind]: 1_000 } };
    const { total } = (await useLog({ savings: { prices } }, 0).json(['savings'])) as {
      readonly total: { readonly spentUsd: number };
    };
    expect(total.spentUsd).toBeCloseTo((3 * tokens) / 1_000);
  });
});

describe("Claude's usage page", () => {
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it.each([true, false])('is asked when a session starts, with quota.oauthUsage: %s', async (oauthUsage) => {
    const asked: string[] = [];
    const real = globalThis.fetch;
    vi.stubGlobal('fetch', async (...given: Parameters<typeof fetch>) => {
      const url = String(given[0]);
      if (!url.startsWith('https://api.anthropic.com/')) return real(...given);
      asked.push(url);
      const resets = new Date(Date.now() + 3_600_000).toISOString();
      return Response.json({ five_hour: { utilization: 47, resets_at: resets } });
    });
    const settings = await useSettings({ config: { quota: { oauthUsage } } });
    const login = { claudeAiOauth: { accessToken: 'a-token-of-nobody' } };
    mkdirSync(join(settings.home, '.claude'), { recursive: true });
    writeFileSync(settings.paths.claudeCredentialsFile, JSON.stringify(login));
    const start = { sessionId: 's1', directory: settings.projectDir, claudePid: process.pid };
    await settings.ask('POST', '/v1/sessions', start);
    const readings = async () => (await settings.ask<FallbackStatus>('GET', '/v1/fallback')).readings;
    if (oauthUsage) await until(async () => (await readings()).some(({ percent }) => percent === 47));
    // The other one's session has been heard of as well when the next one is.
    else await settings.ask('POST', '/v1/sessions', { ...start, sessionId: 's2' });
    expect(asked).toEqual(oauthUsage ? ['https://api.anthropic.com/api/oauth/usage'] : []);
  });
});
