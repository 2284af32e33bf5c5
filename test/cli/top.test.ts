import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { displayWidth } from '../../src/core/hud/display-width.ts';
import type { LiveState } from '../../src/core/live/live-state.ts';
import type { TaskStarted } from '../../src/protocol/task.ts';
import { until } from '../daemon/support/until.ts';
import { hasTmux, startInTmux } from '../support/tmux-claude.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const LONG = { say: ['긴 이야기 '.repeat(100), 'the end of it'], everyMs: 50 };

async function startTask(home: CliHome, script: object): Promise<string> {
  const task = { agent: 'explore', prompt: JSON.stringify(script), directory: home.projectDir };
  return ((await home.call('POST', '/v1/tasks', task)).body as TaskStarted).taskId;
}

describe('omcm top', () => {
  it('prints one frame where there is no terminal, or its data as JSON', async () => {
    const home = useCli(cli);
    const { code, stdout } = await home.omcm(['top']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^OMCM {2}mode fusion · 0 running/);
    expect(stdout).toContain('No task runs.');
    expect(stdout).not.toMatch(/[^\P{Cc}\n]/u);
    const korean = await home.omcm(['top'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(korean.stdout).toContain('실행 중인 작업이 없습니다.');
    const state = (await home.json(['top', '--once'])) as LiveState;
    expect(state).toMatchObject({ tasks: [], levels: { daemon: { mode: 'fusion' }, savings: [] } });
  });

  it('prints a line of JSON for each change', async () => {
    const home = useCli(cli);
    const { child, stdout } = home.start(['top', '--json']);
    const states = () =>
      stdout()
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line) as LiveState);
    await until(() => states().some(({ levels }) => levels.daemon !== null));
    await startTask(home, { say: ['x'] });
    await until(() => states().at(-1)?.tasks[0]?.state === 'done');
    expect(states().some(({ tasks }) => tasks[0]?.state === 'running')).toBe(true);
    child.kill('SIGTERM');
  });

  it.skipIf(!hasTmux)(
    'draws a terminal, cancels what is chosen, and leaves it as it was (needs tmux)',
    async () => {
      const home = useCli(cli);
      const root = dirname(home.projectDir);
      mkdirSync(join(root, 'tmp'));
      const env = (extra: Readonly<Record<string, string>> = {}) => home.env({ LANG: 'C.UTF-8', ...extra });
      const shell = ['sh', '-c', 'echo before; "$0" "$1" top; echo "after $?"; read -r _'];
      const terminal = await startInTmux([...shell, process.execPath, cli.program], {
        home: { root, env, projectDir: home.projectDir },
        columns: 60,
      });
      onTestFinished(() => terminal.kill());
      await terminal.waitFor('q quit');
      const id = await startTask(home, LONG);
      await startTask(home, { hang: true });
      const screen = await terminal.waitFor((text) => text.includes('done') && text.includes('running  '));
      expect(screen).not.toContain('before');
      for (const line of screen.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(60);

      await terminal.sendKeys('j');
      await terminal.waitFor('긴 이야기');
      await terminal.sendKeys('/');
      await terminal.sendKeys('f', 'a', 'i', 'l', 'e', 'd', 'Enter');
      await terminal.waitFor((text) => !text.includes('긴 이야기') && text.includes('filter: failed'));
      await terminal.sendKeys('Escape');
      await terminal.waitFor('긴 이야기');
      await terminal.sendKeys('k', 'c');
      await terminal.waitFor('y/n');
      await terminal.sendKeys('y');
      await terminal.waitFor((text) => text.includes('cancelled') && !text.includes('running  '));
      expect((await home.call('GET', `/v1/tasks/${id}/events`)).body).toMatchObject({ done: true });

      await terminal.sendKeys('q');
      const left = await terminal.waitFor('after 0');
      expect(left).toContain('before');
      expect(left).not.toContain('OMCM');
    },
  );
});
