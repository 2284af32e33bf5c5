import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { buildCli } from '../../cli/support/build-cli.ts';
import { useCli } from '../../cli/support/use-cli.ts';
import { listFiles } from '../../support/list-files.ts';

const cli = await buildCli();
const SUPPORT = join(import.meta.dirname, '..', '..', 'cli', 'support');
const SETTINGS =
  '{\n  "model": "opus",\n    "statusLine": { "type": "command", "command": "echo mine" }\n}\n';
/** Far more than setup makes; the test ends with the first run that is not killed. */
const MOST_CHANGES = 200;

it('a setup killed before any of its changes leaves settings that can be read, and uninstall takes all of it back', async () => {
  let completed = 0;
  for (let change = 1; change < MOST_CHANGES && completed === 0; change += 1) {
    const home = useCli(cli, { env: { SHELL: '/bin/bash' }, name: `내 집 ${change}` });
    rmSync(home.paths.stateDir, { recursive: true });
    rmSync(dirname(dirname(dirname(home.paths.seedConfigFile))), { recursive: true, force: true });
    const bin = join(home.home, '..', 'bin');
    mkdirSync(bin);
    chmodSync(join(SUPPORT, 'fake-claude.mjs'), 0o755);
    symlinkSync(join(SUPPORT, 'fake-claude.mjs'), join(bin, 'claude'));
    const settings = join(home.home, '.claude', 'settings.json');
    mkdirSync(dirname(settings));
    writeFileSync(settings, SETTINGS);
    const before = listFiles(home.home);
    const PATH = `${bin}:${dirname(process.execPath)}:/usr/bin:/bin`;

    const NODE_OPTIONS = `--import ${join(SUPPORT, 'kill-at-change.mjs')}`;
    const env = { PATH, NODE_OPTIONS, KILL_AT: String(change) };
    const { code } = await home.omcm(['setup', '--no-input'], { env });
    if (code === 0) completed = change;
    expect(existsSync(settings), `before change ${change}`).toBe(true);
    expect(() => JSON.parse(readFileSync(settings, 'utf8')), `before change ${change}`).not.toThrow();
    const undone = await home.omcm(['uninstall'], { env: { PATH } });
    expect(undone.code, undone.stderr).toBe(0);
    expect(listFiles(home.home), `before change ${change}`).toEqual(before);
  }
  // Otherwise nothing was ever killed.
  expect(completed).toBeGreaterThan(15);
});
