import { spawn } from 'node:child_process';
import { describe, expect, it, onTestFinished } from 'vitest';
import {
  pluginDirArguments,
  sessionPluginDirs,
} from '../../../src/adapters/claude-code/session-plugin-dirs.ts';

describe('the plugin folders of a session', () => {
  it.each([
    [['claude', '-p', 'hi'], []],
    [
      ['claude', '--plugin-dir', 'a', '-p', 'hi', '--plugin-dir', 'b c'],
      ['a', 'b c'],
    ],
    [
      ['claude', '--plugin-dir=a', '--plugin-dir=b=c'],
      ['a', 'b=c'],
    ],
    [['claude', '--plugin-dir'], []],
    [[], []],
  ])('are told by its command line %j', (argv, dirs) => {
    expect(pluginDirArguments(argv)).toEqual(dirs);
  });

  it.runIf(process.platform === 'linux')('are read from the living process, against its folder', async () => {
    const claude = spawn(
      process.execPath,
      ['-e', 'setTimeout(() => {}, 60_000)', '--', '--plugin-dir', '내 plugin', '--plugin-dir', '/abs'],
      {
        stdio: 'ignore',
      },
    );
    onTestFinished(() => void claude.kill('SIGKILL'));
    await new Promise((resolve) => claude.once('spawn', resolve));
    expect(await sessionPluginDirs(claude.pid ?? 0, '/project', undefined)).toEqual([
      '/project/내 plugin',
      '/abs',
    ]);
  });

  it('are told by the environment too, also where the process is not known or gone', async () => {
    expect(await sessionPluginDirs(null, '/project', '/a::rel')).toEqual(['/a', '/project/rel']);
    expect(await sessionPluginDirs(2 ** 22 + 1, '/project', '/a')).toEqual(['/a']);
    expect(await sessionPluginDirs(null, '/project', undefined)).toEqual([]);
  });
});
