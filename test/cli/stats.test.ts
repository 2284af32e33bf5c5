import { describe, expect, it } from 'vitest';
import { killDaemons } from '../daemon/support/daemon-processes.ts';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

describe('omcm stats', () => {
  it('says what the running daemon has counted, and the last events', async () => {
    const home = useCli(cli);
    await home.omcm(['run', '--agent', 'explore', 'look']);
    await home.omcm(['run', '--agent', 'planner', 'plan']);

    const stats = await home.json(['stats', '--recent', '2']);
    expect(stats).toMatchObject({
      totals: {
        minutes: {
          routing: {
            total: 2,
            byProvider: { gemini: 1, claude: 1 },
            byAgent: { explore: 1, planner: 1 },
          },
          performance: { count: 1, successes: 1, failures: 0 },
          cache: { hits: 0, misses: 2 },
        },
      },
      recent: [
        { type: 'task', agent: 'explore', success: true },
        { type: 'routing', agent: 'planner' },
      ],
    });
    const { stdout } = await home.omcm(['stats']);
    expect(stdout).toMatch(/calls +2 +2 +2\n/);
    expect(stdout).toMatch(/routed, finished +1 +1 +1\n/);
  });

  it('says the same after the daemon was killed, and when another one has taken over', async () => {
    const home = useCli(cli);
    await home.omcm(['run', '--agent', 'explore', 'look']);
    const before = (await home.json(['stats'])) as { totals: unknown };
    await killDaemons(home.home);

    const offline = await home.omcm(['stats', '--json']);
    expect(JSON.parse(offline.stdout)).toMatchObject({ totals: before.totals, recent: [] });
    expect((await home.omcm(['stats'])).stderr).toContain('The daemon does not run');

    await home.omcm(['daemon', 'start']);
    expect(await home.json(['stats'])).toMatchObject({ totals: before.totals });
  });

  it('says so where nothing was counted, in Korean too', async () => {
    const home = useCli(cli);
    expect((await home.omcm(['stats'])).stdout).toContain('Nothing has been counted yet');
    const korean = useCli(cli, { config: { locale: 'ko' } });
    expect((await korean.omcm(['stats'])).stdout).toContain('아직 집계된 것이 없습니다');
    expect((await home.omcm(['stats', '--recent', 'many'])).code).toBe(2);
  });
});
