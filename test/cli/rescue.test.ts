import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();
const SESSION = ['--session', '5f0c1d2e'];

describe('omcm rescue', { timeout: 60_000 }, () => {
  it('is said of one session, shown with its time, and outlives the daemon', async () => {
    const home = useCli(cli, { config: { rescue: 'ask' } });
    expect(await home.json(['rescue', 'status'])).toEqual({ rescue: 'ask', sessions: [] });
    expect(home.daemons(), 'to look starts none').toEqual([]);

    const said = await home.omcm(['rescue', 'on', ...SESSION]);
    expect(said.stdout).toMatch(/^5f0c1d2e: OMCM: once Claude's window is spent, another model goes on/);
    expect(await home.json(['rescue', 'on', ...SESSION])).toMatchObject({ state: 'allowed', model: null });
    expect((await home.omcm(['rescue', 'status'])).stdout).toMatch(
      /asks whether .*\n5f0c1d2e: another model may answer in Claude's place \(said 20/,
    );
    expect((await home.omcm(['status'])).stdout).toContain('5f0c1d2e: another model may answer');

    await home.omcm(['rescue', 'off', ...SESSION]);
    await home.omcm(['daemon', 'stop', '--now']);
    expect(await home.json(['rescue', 'status'])).toMatchObject({
      sessions: [{ sessionId: '5f0c1d2e', state: 'refused' }],
    });
    await home.omcm(['daemon', 'start']);
    expect(await home.json(['rescue', 'status'])).toMatchObject({ sessions: [{ state: 'refused' }] });
  });

  it('says which session it would need, and speaks Korean', async () => {
    const home = useCli(cli);
    const { code, stderr } = await home.omcm(['rescue', 'on']);
    expect(code).toBe(2);
    expect(stderr).toContain('No session of Claude Code is known');
    const { stdout } = await home.omcm(['rescue', 'status'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(stdout).toContain('다른 모델이 이어 가는 세션이 없습니다');
  });
});
