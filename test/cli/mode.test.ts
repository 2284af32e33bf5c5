import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const INSIDE = { env: { CLAUDE_CODE_SESSION_ID: 'around' } };

async function useSessions(...ids: readonly string[]): Promise<CliHome> {
  const home = useCli(cli, { config: { mode: 'default' } });
  await home.omcm(['daemon', 'start']);
  for (const sessionId of ids)
    await home.call('POST', '/v1/sessions', {
      sessionId,
      directory: home.projectDir,
      claudePid: process.pid,
    });
  return home;
}

describe('omcm mode', { timeout: 60_000 }, () => {
  it('sets, shows and ends the mode of the session around it', async () => {
    const home = useCli(cli, { config: { mode: 'default' } });
    expect((await home.omcm(['mode'], INSIDE)).stdout).toBe('around: no mode of its own\n');
    expect((await home.omcm(['mode', 'hulw'], INSIDE)).stdout).toBe('around: hulw\n');
    expect(await home.json(['mode'], INSIDE)).toMatchObject({ sessionId: 'around', mode: 'hulw' });
    expect((await home.omcm(['mode', 'off'], INSIDE)).stdout).toBe('around: no mode of its own\n');
    await home.omcm(['mode', 'ulw'], INSIDE);
    expect((await home.omcm(['mode', 'stop'], INSIDE)).stdout).toBe(
      'around: ulw is off; cancelled: tasks 0, runs 0\n',
    );
    expect(await home.json(['mode', 'stop'], INSIDE)).toMatchObject({ mode: null, tasks: 0, runs: 0 });
  });

  it('means the only session in the folder, also where that is reached by a link', async () => {
    const home = await useSessions('s1');
    const link = join(home.home, 'link');
    symlinkSync(home.projectDir, link);
    expect((await home.omcm(['mode', 'ulw'])).stdout).toBe('s1: ulw\n');
    expect((await home.omcm(['mode', '--directory', link])).stdout).toBe('s1: ulw\n');
  });

  it('asks which, where there are several or none', async () => {
    const home = await useSessions('s1', 's2');
    const many = await home.omcm(['mode', 'hulw']);
    expect(many).toMatchObject({ code: 2, stdout: '' });
    expect(many.stderr).toContain('s1, s2');
    expect((await home.omcm(['mode', 'hulw', '--session', 's2'])).stdout).toBe('s2: hulw\n');
    const none = await home.omcm(['mode'], { cwd: home.home });
    expect(none).toMatchObject({ code: 2 });
    expect(none.stderr).toContain('--session');
  });

  it('refuses a word that it does not know, and names those that it does', async () => {
    const home = useCli(cli);
    const refused = await home.omcm(['mode', 'turbo'], INSIDE);
    expect(refused).toMatchObject({ code: 2 });
    expect(refused.stderr).toContain('hulw, ulw, autopilot, off, stop');
    expect(home.daemons()).toEqual([]);
  });

  it('counts in what omcm run does inside the session, and in what omcm route supposes', async () => {
    const home = useCli(cli, { config: { mode: 'default' } });
    await home.omcm(['mode', 'hulw'], INSIDE);
    expect(await home.json(['run', '--agent', 'explore', 'look'], INSIDE)).toMatchObject({
      decision: { route: true, reason: 'session-hulw-explore' },
    });
    const why = await home.omcm(['why']);
    await home.omcm(['mode', 'ulw'], INSIDE);
    const kept = await home.omcm(['run', '--agent', 'explore', 'look'], INSIDE);
    expect(kept).toMatchObject({ code: 5, stderr: expect.stringContaining('session-ulw-keeps-explore') });
    expect(kept.stderr).toContain('--mode');
    expect(why.stdout).toContain('session-hulw-explore: the mode of this session routes it');
    expect(why.stdout).toMatch(/mode of the session: hulw/);
    expect(
      await home.json(['route', '--agent', 'explore', '--session-mode', 'ulw', '--at', '75', '--offline']),
    ).toMatchObject({ reason: 'session-ulw-75%-explore' });
  });

  it('speaks Korean', async () => {
    const home = useCli(cli);
    const env = { ...INSIDE.env, LANG: 'ko_KR.UTF-8' };
    expect((await home.omcm(['mode'], { env })).stdout).toBe('around: 따로 정한 모드 없음\n');
  });
});
