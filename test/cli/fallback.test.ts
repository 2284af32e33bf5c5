import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

function writeLimits({ paths }: CliHome, percent: number): void {
  mkdirSync(dirname(paths.providerLimitsFile), { recursive: true });
  const resetsAt = new Date(Date.now() + 3_600_000).toISOString();
  writeFileSync(paths.providerLimitsFile, JSON.stringify({ claude: { fiveHour: { percent, resetsAt } } }));
}

describe('omcm fallback', { timeout: 60_000 }, () => {
  it('is switched by hand, says how it stands, and is let go', async () => {
    const home = useCli(cli);
    expect(await home.json(['fallback', 'on'])).toMatchObject({
      active: true,
      manual: 'on',
      state: 'unread',
    });
    const status = await home.omcm(['fallback', 'status']);
    expect(status.stdout).toMatch(/^on: manual \(switched on by hand\)\nby itself it would be off\nsince 20/);
    expect(status.stdout).toContain('nobody has read how much of Claude is spent');
    expect((await home.omcm(['daemon', 'status'])).stdout).toContain('fallback is on (manual)');
    expect(await home.json(['route', '--agent', 'planner'])).toMatchObject({ reason: 'fallback-active' });

    expect((await home.omcm(['fallback', 'off'])).stdout).toMatch(/^off \(held off by hand\)\n/);
    expect((await home.omcm(['fallback', 'auto'])).stdout).toMatch(/^off \(by itself\)\n/);
  });

  it('shows what has been read, and by whom', async () => {
    const home = useCli(cli);
    writeLimits(home, 92.4);
    await home.omcm(['daemon', 'start']);
    const { stdout } = await home.omcm(['fallback', 'status']);
    expect(stdout).toMatch(/^on: claude-limit-92% \(by itself\)/);
    expect(stdout).toMatch(/five hours .* 92 % .* another tool/);
  });

  it('tells what the files say where no daemon runs, and starts none', async () => {
    const home = useCli(cli);
    writeLimits(home, 40);
    const { stdout, stderr } = await home.omcm(['fallback', 'status']);
    expect(stdout).toMatch(/^off \(by itself\)\n/);
    expect(stderr).toContain('The daemon does not run');
    expect(await home.json(['fallback', 'status'])).toMatchObject({
      active: false,
      state: 'watching',
      readings: [{ window: 'fiveHour', percent: 40, current: true }],
    });
    expect(home.daemons()).toEqual([]);
  });

  it('speaks Korean', async () => {
    const home = useCli(cli);
    const { stdout } = await home.omcm(['fallback', 'status'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(stdout).toContain('꺼짐 (자동)');
  });

  it('refuses another word', async () => {
    const home = useCli(cli);
    expect((await home.omcm(['fallback', 'maybe'])).code).not.toBe(0);
  });
});
