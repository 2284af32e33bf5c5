// What the providers' journals say, against everything that shows it to somebody.
import { expect } from 'vitest';
import { WebSocket } from 'ws';
import { callDaemon } from '../../../src/client/call-daemon.ts';
import { shortCount } from '../../../src/core/hud/render-hud.ts';
import type { LiveState } from '../../../src/core/live/live-state.ts';
import type { MetricsReport } from '../../../src/core/tracking/metrics-collector.ts';
import type { JournaledRequest } from '../../../src/simulation/journaled-request.ts';
import { subagentOf } from '../../../src/simulation/scripted-conductor.ts';
import { sumUsage } from '../../../src/simulation/sum-usage.ts';
import { until } from '../../daemon/support/until.ts';
import { parsePrometheus } from '../../support/parse-prometheus.ts';
import { runOmcm } from '../../support/run-omcm.ts';
import type { Omcm } from '../../support/use-omcm.ts';

type Flow = { readonly input: number; readonly output: number };

/** As far as it is looked at. */
type Savings = {
  readonly total: {
    readonly tasks: number;
    readonly tokens: Flow;
    readonly savedTokens: { readonly low: number };
    readonly answerTokens: number;
  };
  readonly rows: readonly { readonly key: string; readonly tokens: Flow }[];
  readonly claude: Readonly<Record<'lead' | 'subagents', Flow>>;
};

export type Billed = ReturnType<typeof readBilled>;

/** What is asked of no model bills nothing. */
function readBilled({ providers: { anthropic, openai, google } }: Omcm) {
  const asked = (requests: readonly JournaledRequest[]) => requests.filter(({ model }) => model !== '');
  const claude = asked(anthropic.journal());
  return {
    openai: asked(openai.journal()),
    gemini: asked(google.journal()),
    lead: sumUsage(claude.filter((request) => subagentOf(request) === undefined)),
    native: sumUsage(claude.filter((request) => subagentOf(request) !== undefined)),
  };
}

/** @returns What was billed. */
export async function expectFigures(omcm: Omcm): Promise<Billed> {
  const billed = readBilled(omcm);
  await expectSavings(omcm, billed);
  await expectHud(omcm, billed);
  await expectMetrics(omcm, billed);
  await expectStats(omcm, billed);
  await expectLive(await askTop(omcm), billed);
  await expectLive(await askDashboard(omcm), billed);
  return billed;
}

async function ask<T>(omcm: Omcm, ...words: string[]): Promise<T> {
  return JSON.parse(await runOmcm(omcm, [...words, '--json'])) as T;
}

function elsewhereOf({ openai, gemini }: Billed) {
  return sumUsage([...openai, ...gemini]);
}

function flowOf({ input, output }: Flow): Flow {
  return { input, output };
}

async function expectSavings(omcm: Omcm, billed: Billed): Promise<void> {
  const { lead, native, openai, gemini } = billed;
  // Claude Code writes its transcript a while after it was answered.
  await until(async () => {
    const { claude } = await ask<Savings>(omcm, 'savings');
    return claude.lead.input + claude.subagents.input >= lead.input + native.input;
  });
  const savings = await ask<Savings>(omcm, 'savings', '--by', 'model');
  const elsewhere = elsewhereOf(billed);
  expect(flowOf(savings.total.tokens)).toEqual(flowOf(elsewhere));
  expect(flowOf(savings.claude.lead)).toEqual(flowOf(lead));
  expect(flowOf(savings.claude.subagents)).toEqual(flowOf(native));
  expect(savings.total.savedTokens.low).toBe(elsewhere.total - savings.total.answerTokens);
  const models = new Map([...openai, ...gemini].map(({ model }) => [model, flowOfModel(model, billed)]));
  expect(new Map(savings.rows.map(({ key, tokens }) => [key.replace(/^.*\//, ''), flowOf(tokens)]))).toEqual(
    models,
  );
}

function flowOfModel(model: string, { openai, gemini }: Billed): Flow {
  return flowOf(sumUsage([...openai, ...gemini].filter((request) => request.model === model)));
}

async function expectHud(omcm: Omcm, { lead, native, openai, gemini }: Billed): Promise<void> {
  const session = JSON.stringify({ session_id: omcm.routingLog()[0]?.sessionId });
  const line = await runOmcm(omcm, ['hud'], session);
  const shown = ({ input, output }: Flow) => `${shortCount(input)}↓ ${shortCount(output)}↑`;
  const claude = { input: lead.input + native.input, output: lead.output + native.output };
  expect(line.replace(/\p{Cc}\[[\d;]*m/gu, '')).toContain(
    `C:${shown(claude)}|O:${shown(sumUsage(openai))}|G:${shown(sumUsage(gemini))} · fusion`,
  );
}

async function expectMetrics(omcm: Omcm, billed: Billed): Promise<void> {
  const series = parsePrometheus(await runOmcm(omcm, ['metrics'])).flatMap((family) => family.series);
  const counted = (name: string, labels: Readonly<Record<string, string>>) =>
    series
      .filter(
        (one) => one.name === name && Object.keys(labels).every((key) => one.labels[key] === labels[key]),
      )
      .reduce((sum, { value }) => sum + value, 0);
  const both = (name: string, labels: Readonly<Record<string, string>> = {}) => ({
    input: counted(name, { ...labels, type: 'input' }),
    output: counted(name, { ...labels, type: 'output' }),
  });
  expect(both('omcm_tokens_total')).toEqual(flowOf(elsewhereOf(billed)));
  expect(both('omcm_tokens_total', { provider: 'openai' })).toEqual(flowOf(sumUsage(billed.openai)));
  expect(both('omcm_tokens_total', { provider: 'gemini' })).toEqual(flowOf(sumUsage(billed.gemini)));
  expect(both('omcm_claude_tokens_total', { part: 'lead' })).toEqual(flowOf(billed.lead));
  expect(both('omcm_claude_tokens_total', { part: 'subagents' })).toEqual(flowOf(billed.native));
}

async function expectStats(omcm: Omcm, { openai, gemini }: Billed): Promise<void> {
  const stats = await ask<{ totals: Record<keyof MetricsReport, { usage: object }> }>(omcm, 'stats');
  for (const span of ['hours', 'days'] as const)
    expect(stats.totals[span].usage).toMatchObject({
      openai: flowOf(sumUsage(openai)),
      gemini: flowOf(sumUsage(gemini)),
    });
}

function askTop(omcm: Omcm): Promise<LiveState> {
  return ask<LiveState>(omcm, 'top', '--once');
}

/** As a browser gets it: the token against a cookie, and a WebSocket. */
async function askDashboard({ socketPath }: Omcm): Promise<LiveState> {
  const call = { socketPath, path: '/v1/dashboard', method: 'POST', body: {}, timeoutMs: 20_000 } as const;
  const { href, hash, origin } = new URL(((await callDaemon(call)).body as { url: string }).url);
  const base = href.replace(hash, '');
  const entered = await fetch(`${base}enter`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${base.replace('http', 'ws')}live`, { headers: { origin, cookie } });
  return await new Promise<LiveState>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('message', (data) => {
      socket.terminate();
      resolve((JSON.parse(String(data)) as { state: LiveState }).state);
    });
  });
}

async function expectLive({ tasks, levels }: LiveState, billed: Billed): Promise<void> {
  const { total } = elsewhereOf(billed);
  expect(tasks.reduce((sum, { tokens }) => sum + (tokens ?? 0), 0)).toBe(total);
  expect(levels.savings?.at(-1)).toMatchObject({ tasks: tasks.length, spentTokens: total });
}
