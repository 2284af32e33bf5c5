import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parsePrometheus } from '../support/parse-prometheus.ts';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

describe('omcm metrics', () => {
  it('prints what the daemon tells Prometheus, and writes it for a collector that reads files', async () => {
    const home = useCli(cli);
    await home.omcm(['run', '--agent', 'explore', 'look']);
    const { code, stdout } = await home.omcm(['metrics']);
    expect(code).toBe(0);
    const calls = parsePrometheus(stdout).find(({ name }) => name === 'omcm_calls_total');
    expect(calls?.series).toMatchObject([{ labels: { agent: 'explore', provider: 'gemini' }, value: 1 }]);

    const file = join(home.home, 'omcm.prom');
    expect(await home.omcm(['metrics', '--out', file])).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(parsePrometheus(readFileSync(file, 'utf8')).length).toBeGreaterThan(20);
    expect(statSync(file).mode & 0o777).toBe(0o644);

    const { metrics } = (await home.json(['metrics'])) as { metrics: { name: string }[] };
    expect(metrics.map(({ name }) => name)).toContain('omcm_tokens_total');
  });

  it('says that there is no daemon where none runs, and starts none', async () => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm(['metrics']);
    expect(code).toBe(0);
    expect(stderr).toContain('The daemon does not run');
    expect(parsePrometheus(stdout)).toMatchObject([{ name: 'omcm_daemon_up', series: [{ value: 0 }] }]);
    expect(home.daemons()).toEqual([]);
  });

  it('says which file it cannot write', async () => {
    const home = useCli(cli);
    const folder = join(home.home, 'folder');
    mkdirSync(folder);
    const { code, stderr } = await home.omcm(['metrics', '--out', join(folder, 'none', 'x.prom')]);
    expect(code).toBe(1);
    expect(stderr).toContain('x.prom cannot be written');
  });
});
