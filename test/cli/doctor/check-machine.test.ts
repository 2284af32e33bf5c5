import { spawn } from 'node:child_process';
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { resolveOwnPaths } from '../../../src/adapters/files/paths.ts';
import { checkClock } from '../../../src/cli/doctor/check-clock.ts';
import { checkDisk } from '../../../src/cli/doctor/check-disk.ts';
import { checkOrphans } from '../../../src/cli/doctor/check-orphans.ts';
import { checkRivals } from '../../../src/cli/doctor/check-rivals.ts';
import { checkSockets } from '../../../src/cli/doctor/check-sockets.ts';
import { checkState } from '../../../src/cli/doctor/check-state.ts';
import type { ClaudeSetup } from '../../../src/cli/doctor/claude-setup.ts';
import { messagesIn } from '../../../src/cli/messages.ts';
import { makeTempFolder } from '../../adapters/files/temp-folder.ts';

const m = messagesIn('en');
const NOBODY: ClaudeSetup = { plugin: null, plugins: [], others: [], settings: [] };

function write(file: string, content: unknown): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const settingsWith = (settings: object): ClaudeSetup => ({
  ...NOBODY,
  settings: [{ file: '/s/settings.json', settings: { ...settings } }],
});

describe('who else decides about subagents', () => {
  it.each([
    [
      'a hook for the tool by its name',
      { hooks: { PreToolUse: [{ matcher: 'Bash|Task', hooks: [] }] } },
      '',
      true,
    ],
    ['a hook for every tool', { hooks: { PreToolUse: [{ matcher: '*', hooks: [] }] } }, '', false],
    ['a mod that answers a turn', { modules: ['./m.js'] }, "on('turn.step', () => {})", true],
    ['a mod that looks on', { modules: ['./m.js'] }, "on('session.start', () => {})", false],
  ])('a plugin with %s', async (_with, hooks, mod, isRival) => {
    const installPath = await makeTempFolder();
    write(join(installPath, 'hooks', 'hooks.json'), hooks);
    write(join(installPath, 'hooks', 'm.js'), mod);
    const setup = {
      ...settingsWith({ enabledPlugins: { 'other@market': true } }),
      others: [{ key: 'other@market', installPath }],
    };
    const [finding] = await checkRivals(setup, m);
    expect(finding?.status).toBe(isRival ? 'warn' : 'ok');
    if (isRival) expect(finding?.remedy).toContain('claude plugin disable other@market');
    const off = settingsWith({ enabledPlugins: { 'other@market': false } });
    expect(await checkRivals({ ...setup, settings: off.settings }, m)).toMatchObject([{ status: 'ok' }]);
  });

  it('a hook of the user, and a rule that denies them all', async () => {
    const hook = settingsWith({ hooks: { PreToolUse: [{ matcher: 'Agent', hooks: [] }] } });
    expect(await checkRivals(hook, m)).toMatchObject([{ status: 'warn' }]);
    const denied = await checkRivals(settingsWith({ permissions: { deny: ['Bash', 'Task'] } }), m);
    expect(denied).toMatchObject([{ id: 'rivals', status: 'warn' }]);
    expect(denied[0]?.message).toContain('/s/settings.json');
  });
});

describe('unix sockets', () => {
  it('are tried where the daemon has its own, and leave nothing there', async () => {
    const folder = await makeTempFolder();
    const socket = join(folder, 'omcmd.sock');
    expect(await checkSockets(socket, NOBODY, m)).toMatchObject([{ id: 'sockets', status: 'ok' }]);
    const readOnly = join('/proc', 'omcmd.sock');
    expect(await checkSockets(readOnly, NOBODY, m)).toMatchObject([{ id: 'sockets', status: 'fail' }]);
  });

  it('may be forbidden in the sandbox of commands', async () => {
    const socket = join(await makeTempFolder(), 'omcmd.sock');
    const closed = settingsWith({ sandbox: { enabled: true } });
    expect(await checkSockets(socket, closed, m)).toMatchObject([
      { status: 'ok' },
      { id: 'sandbox', status: 'warn', remedy: expect.stringContaining('UnixSockets') },
    ]);
    const open = settingsWith({ sandbox: { enabled: true, network: { allowAllUnixSockets: true } } });
    expect(await checkSockets(socket, open, m)).toHaveLength(1);
  });
});

describe('what else may be wrong with the machine', () => {
  it('is a full disk', async () => {
    expect(await checkDisk(await makeTempFolder(), m)).toMatchObject({ id: 'disk', status: 'ok' });
    expect(await checkDisk('/proc', m)).toMatchObject({ id: 'disk', status: 'fail' });
  });

  it('is a clock that was set back', async () => {
    const folder = await makeTempFolder();
    const file = write(join(folder, 'hud.json'), '{}');
    const now = Date.now();
    expect(await checkClock(folder, m, now)).toMatchObject({ status: 'ok' });
    utimesSync(file, new Date(now), new Date(now + 3_600_000));
    const finding = await checkClock(folder, m, now);
    expect(finding).toMatchObject({ id: 'clock', status: 'warn' });
    expect(finding.message).toContain('60 minutes');
  });

  it('is a server that a killed daemon left, and nothing that has ended', async () => {
    const stateDir = await makeTempFolder();
    const server = spawn('sleep', ['60'], { stdio: 'ignore' });
    const pid = server.pid ?? 0;
    onTestFinished(() => void server.kill('SIGKILL'));
    write(join(stateDir, 'opencode', 'servers.json'), [{ pid, start: '1' }]);
    expect(await checkOrphans({ kind: 'not-running' }, stateDir, m)).toMatchObject({
      status: 'warn',
      message: expect.stringContaining(String(pid)),
      remedy: expect.stringContaining('omcm daemon start'),
    });
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    expect(await checkOrphans({ kind: 'not-running' }, stateDir, m)).toMatchObject({ status: 'ok' });
  });

  it('is a state file that is damaged, set aside, or of a later version', async () => {
    const paths = resolveOwnPaths({ HOME: await makeTempFolder() });
    const standing = async () => (await checkState(paths, m)).filter(({ id }) => id === 'state-files');
    write(paths.fallbackStateFile, { version: 1, fallbackActive: false });
    expect(await standing()).toMatchObject([{ status: 'ok' }]);
    write(paths.fusionStateFile, '{"enabled": fal');
    write(paths.metricsFile, { version: 7 });
    write(join(paths.stateDir, 'provider-limits.json.corrupt-1'), 'x');
    expect((await standing()).map(({ message }) => message)).toEqual([
      expect.stringContaining('provider-limits.json.corrupt-1'),
      expect.stringContaining('fusion-state.json'),
      expect.stringContaining('metrics.json'),
    ]);
  });
});
