import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { renderFamilies } from '../../src/adapters/prometheus/render-families.ts';
import { serveMetrics } from '../../src/daemon/tracking/serve-metrics.ts';
import { findPromtool } from '../support/find-promtool.ts';
import { freePort } from '../support/free-port.ts';
import { parsePrometheus, type Series } from '../support/parse-prometheus.ts';
import { runTask } from './support/run-task.ts';
import { type Api, type ApiOptions, useApi } from './support/use-api.ts';

const MONITORING = join(import.meta.dirname, '..', '..', 'docs', 'monitoring');
const promtool = findPromtool();
const without =
  promtool === undefined ? ' (not tried: no promtool; scripts/system-packages.sh fetches it)' : '';

async function read(api: Api): Promise<{ readonly text: string; readonly series: readonly Series[] }> {
  const { text } = await api.daemon.services.renderMetrics();
  return { text, series: parsePrometheus(text).flatMap(({ series }) => series) };
}

function figure(series: readonly Series[], name: string, labels: object = {}): number | undefined {
  return series.find(
    (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
  )?.value;
}

async function usedApi(options: ApiOptions = {}): Promise<Api> {
  const api = await useApi(options);
  await runTask(api, { say: ['x'], steps: 2 });
  await runTask(api, { refuse: 'rate limited' });
  await api.request('POST', '/v1/route', { agent: 'planner' });
  await api.request('POST', '/v1/tasks', { agent: 'planner', prompt: 'x', directory: api.projectDir });
  await api.request('POST', '/v1/failed-open', { agent: 'explore', reason: 'failed-open-x' });
  await api.request('POST', '/v1/quota', {
    source: 'status-line',
    sessionId: 's',
    windows: [{ kind: 'five_hour', percent: 40, resetsAt: Date.now() / 1_000 + 3_600 }],
  });
  return api;
}

describe('the metrics of the daemon', () => {
  it('say what was called, done and spent, and how the daemon stands', async () => {
    const api = await usedApi();
    const { series } = await read(api);
    expect(figure(series, 'omcm_calls_total', { agent: 'explore', provider: 'gemini' })).toBe(2);
    expect(figure(series, 'omcm_calls_total', { agent: 'planner', provider: 'claude' })).toBe(1);
    expect(figure(series, 'omcm_tasks_total', { outcome: 'finished' })).toBe(1);
    expect(figure(series, 'omcm_task_failures_total', { reason: 'provider-rate-limited' })).toBe(1);
    // Two steps and the answer, 10 in and 5 out each.
    const gemini = { provider: 'gemini', model: 'gemini-3-flash' };
    expect(figure(series, 'omcm_tokens_total', { ...gemini, type: 'input' })).toBe(30);
    expect(figure(series, 'omcm_tokens_total', { ...gemini, type: 'output' })).toBe(15);
    expect(figure(series, 'omcm_cost_usd_total', gemini)).toBe(1.5);
    expect(figure(series, 'omcm_task_duration_seconds_count', { provider: 'gemini' })).toBe(2);
    expect(figure(series, 'omcm_failed_open_total')).toBe(1);
    expect(figure(series, 'omcm_tasks_running')).toBe(0);
    expect(figure(series, 'omcm_servers', { state: 'ready' })).toBe(1);
    expect(figure(series, 'omcm_quota_used_ratio', { window: 'five_hour' })).toBe(0.4);
    expect(figure(series, 'process_resident_memory_bytes')).toBeGreaterThan(1e7);
  });

  it('agree with what `omcm stats` counts', async () => {
    const api = await usedApi();
    const { series } = await read(api);
    const { minutes } = api.daemon.services.stats(0);
    const calls = series.filter(({ name }) => name === 'omcm_calls_total');
    expect(calls.reduce((sum, { value }) => sum + value, 0)).toBe(
      minutes.reduce((sum, { routing }) => sum + routing.total, 0),
    );
    const inputs = series.filter(
      ({ name, labels }) => name === 'omcm_tokens_total' && labels.type === 'input',
    );
    expect(inputs.reduce((sum, { value }) => sum + value, 0)).toBe(
      minutes.reduce((sum, { usage }) => sum + (usage.gemini?.input ?? 0), 0),
    );
  });

  it('are of the names that the dashboard, the alerts and the table in the docs have', async () => {
    // With nobody to ask, and so with nothing known of the team but that.
    const api = await usedApi({
      config: { execution: { backend: 'bullmq', share: ['circuits', 'budgets'] } },
      env: { OMCM_REDIS_URL: 'redis://127.0.0.1:1' },
    });
    const there = parsePrometheus((await read(api)).text).map(({ name }) => name);
    const docs = readFileSync(join(MONITORING, '..', 'monitoring.md'), 'utf8');
    for (const file of readdirSync(MONITORING)) {
      const named = metricsIn(readFileSync(join(MONITORING, file), 'utf8'));
      expect(named.length).toBeGreaterThan(5);
      expect(there).toEqual(expect.arrayContaining(named));
    }
    expect(metricsIn(docs).sort()).toEqual([...there].sort());
  });

  it.skipIf(promtool === undefined)(
    `are what promtool takes for good, and the alert rules${without}`,
    async () => {
      const api = await usedApi();
      const { text } = await read(api);
      const check = (words: readonly string[], input = '') => execFileSync(promtool ?? '', words, { input });
      expect(String(check(['check', 'metrics'], text))).toBe('');
      expect(String(check(['check', 'rules', join(MONITORING, 'alerts.yml')]))).toContain('SUCCESS');
    },
  );

  it('hold names with whatever in them', async () => {
    const name = 'a "b"\\c\nd{e="f"} 1';
    const family = {
      name: 'x',
      help: 'X.',
      type: 'gauge',
      samples: [{ labels: { name }, value: 1 }],
    } as const;
    const { text } = await renderFamilies([family]);
    expect(parsePrometheus(text)[0]?.series).toEqual([{ name: 'x', labels: { name }, value: 1 }]);
  });
});

/** As they are written in expressions and tables, without the suffixes of a histogram. */
function metricsIn(text: string): string[] {
  const words = text.match(/\b(?:omcm|process|nodejs)_[a-z_]+(?=[`{[ )\n>]|$)/gm) ?? [];
  return [...new Set(words.map((word) => word.replace(/(?<=_seconds)_(bucket|sum|count)$/, '')))];
}

describe('the port for Prometheus', () => {
  it('gives /metrics to whoever shows the token, which stays the same, and nothing to anybody else', async () => {
    const api = await useApi();
    const { metricsTokenFile: tokenFile } = api.paths;
    const port = await freePort();
    const serve = () => serveMetrics({ port, tokenFile, render: api.daemon.services.renderMetrics });
    const first = await serve();
    const token = readFileSync(tokenFile, 'utf8').trim();
    expect(statSync(tokenFile).mode & 0o777).toBe(0o600);
    const ask = async (path: string, authorization?: string, method = 'GET') => {
      const headers = authorization === undefined ? {} : { authorization };
      const response = await fetch(`http://127.0.0.1:${port}${path}`, { headers, method });
      return { status: response.status, text: await response.text() };
    };
    expect((await ask('/metrics')).status).toBe(401);
    expect((await ask('/metrics', 'Bearer wrong')).status).toBe(401);
    expect((await ask('/v1/status', `Bearer ${token}`)).status).toBe(404);
    expect((await ask('/metrics', `Bearer ${token}`, 'POST')).status).toBe(405);
    const answer = await ask('/metrics', `Bearer ${token}`);
    expect(answer.status).toBe(200);
    expect(parsePrometheus(answer.text).map(({ name }) => name)).toContain('omcm_daemon_up');
    await first.stop();

    const second = await serve();
    expect((await ask('/metrics', `Bearer ${token}`)).status).toBe(200);
    await second.stop();
  });

  it('is a problem that is told, and no more, where it is taken', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    onTestFinished(() => void other.close());
    const api = await useApi({ config: { metrics: { port } } });
    expect((await api.daemon.services.status()).recentProblems).toMatchObject([{ code: 'metrics-port' }]);
    expect((await runTask(api)).type).toBe('finished');
  });
});
