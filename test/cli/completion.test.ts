import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const exec = promisify(execFile);
const cli = await buildCli();

describe('omcm completion', () => {
  it.each(['bash', 'zsh', 'fish', 'powershell'])('prints a script for %s', async (shell) => {
    const { code, stdout } = await useCli(cli).omcm(['completion', shell]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/omcm complete '?--/);
  });

  it('names the shells that there are', async () => {
    const { code, stderr } = await useCli(cli).omcm(['completion', 'tcsh']);
    expect(code).toBe(2);
    expect(stderr).toContain('bash, zsh, fish, powershell');
  });

  it.each([
    [['dae'], 'daemon'],
    [['daemon', 'sta'], 'status'],
    [['config', ''], 'get'],
    [['setup', '--dry'], '--dry-run'],
    [['compl'], 'completion'],
  ])('completes %j', async (words, expected) => {
    const { stdout } = await useCli(cli).omcm(['complete', '--', ...words]);
    expect(stdout.split('\n').map((line) => line.split('\t')[0])).toContain(expected);
  });

  it('works in a real bash', async () => {
    const home = useCli(cli);
    const bin = join(home.home, 'bin');
    mkdirSync(bin);
    chmodSync(cli.program, 0o755);
    symlinkSync(cli.program, join(bin, 'omcm'));
    const script = [
      'source <(omcm completion bash)',
      'COMP_WORDS=(omcm daem) COMP_CWORD=1 COMP_LINE="omcm daem" COMP_POINT=9',
      `$(complete -p omcm | sed -E 's/.*-F ([^ ]+).*/\\1/')`,
      `echo "\${COMPREPLY[@]}"`,
    ].join('\n');
    const env = home.env({ PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` });
    const { stdout } = await exec('bash', ['--norc', '-c', script], { env });
    expect(stdout).toContain('daemon');
  });
});
