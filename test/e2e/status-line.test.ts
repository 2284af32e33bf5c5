import { utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { displayWidth } from '../../src/core/hud/display-width.ts';
import { scriptConductor } from '../../src/simulation/scripted-conductor.ts';
import { stopProcess } from '../support/stop-process.ts';
import { hasTmux, startTmuxClaude } from '../support/tmux-claude.ts';
import { PLUGIN_DIR, useOmcm } from '../support/use-omcm.ts';

const PROGRAM = join(PLUGIN_DIR, 'dist', 'status-line.cjs');

function settingsWith(wrap: string): readonly string[] {
  const command = `'${process.execPath}' '${PROGRAM}' ${wrap}`;
  return ['--settings', JSON.stringify({ statusLine: { type: 'command', command, refreshInterval: 1 } })];
}

/** It may have ended meanwhile. */
function resume(pid: number): void {
  try {
    process.kill(pid, 'SIGCONT');
  } catch {}
}

describe.skipIf(!hasTmux)('the status line in an interactive session (needs tmux)', () => {
  it('shows what the session took, under the line that was there before, also while the daemon hangs or is gone', async () => {
    const omcm = await useOmcm();
    const { anthropic, google } = omcm.providers;
    google.on({ answer: { text: 'forty-two', usage: { input: 1_234, output: 56 } } });
    scriptConductor(anthropic, {
      prompt: 'count them',
      rounds: [{ calls: [{ agent: 'Explore', prompt: 'count the files' }] }],
    });
    await omcm.warm();
    const session = await startTmuxClaude({
      home: omcm.home,
      pluginDirs: [PLUGIN_DIR],
      env: { PATH: omcm.env().PATH ?? '' },
      args: settingsWith(`--wrap 'echo "theirs $COLUMNS"'`),
      columns: 80,
    });
    onTestFinished(() => session.kill());
    await session.waitFor('accept edits');

    await session.submit('count them');

    const screen = await session.waitFor('G:1.2k↓ 56↑', 40_000);
    const lines = screen.split('\n').map((line) => line.trim());
    const ours = lines.findIndex((line) => line.includes('G:1.2k↓ 56↑'));
    expect(lines[ours - 1], 'Claude Code tells the width').toBe('theirs 80');
    expect(lines[ours]).toMatch(/^C:[\d.]+k?↓ \d+↑\|O:0↓ 0↑\|G:1.2k↓ 56↑ · fusion[^…]*$/);

    for (const columns of [200, 40]) {
      await session.resize(columns);
      const resized = (await session.waitFor(`theirs ${columns}`, 40_000))
        .split('\n')
        .map((one) => one.trim());
      const shown = resized[resized.indexOf(`theirs ${columns}`) + 1] ?? '';
      expect(shown).toMatch(/^C:[\d.]+k?↓ \d+↑\|O:0↓ 0↑\|G:1.2k↓ 56↑/);
      expect(displayWidth(shown)).toBeLessThanOrEqual(columns);
      expect(shown, 'nothing was cut by Claude Code').not.toContain('…');
      // Where there is room, it also says what was saved.
      expect(shown.includes('today'), shown).toBe(columns === 200);
    }

    const pid = omcm.daemonPid() ?? 0;
    process.kill(pid, 'SIGSTOP');
    onTestFinished(() => void resume(pid));
    const isStale = (screen: string) => /theirs 40\n +\S.*\(stale\)/.test(screen);
    // As if it had hung for a while already.
    const earlier = new Date(Date.now() - 60_000);
    utimesSync(join(omcm.stateDir, 'hud.json'), earlier, earlier);
    await session.waitFor(isStale, 60_000);
    resume(pid);
    await session.waitFor((screen) => !isStale(screen), 60_000);
    await stopProcess(pid);
    await session.waitFor(isStale, 60_000);

    await session.kill();
    // Alone, and what the mod pins above it.
    omcm.configure({ mode: 'fusion', hud: { place: 'footer' } });
    const other = await startTmuxClaude({
      home: omcm.home,
      pluginDirs: [PLUGIN_DIR],
      env: { PATH: omcm.env().PATH ?? '' },
      args: settingsWith(''),
      columns: 120,
    });
    onTestFinished(() => other.kill());

    const isAlone = (line: string) => line.trim().startsWith('fusion');
    await other.waitFor(
      (screen) => screen.includes('omcm: fusion') && screen.split('\n').some(isAlone),
      40_000,
    );
  });
});
