import { execFile } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPath } from '../../src/cli/doctor/find-program.ts';
import { buildPrograms } from '../daemon/support/build-programs.ts';
import { until } from '../daemon/support/until.ts';
import { type DaemonHome, useDaemonHome } from '../daemon/support/use-daemon-home.ts';

const SCRIPT = join(import.meta.dirname, '..', '..', 'plugin', 'scripts', 'status-line.sh');
const hasCurl = (await findPath('curl', process.env)) !== null;
const programs = await buildPrograms();

/** In a plugin's folder as it is installed; with the program that stands in for Node's, where there is one. */
function installed(): string {
  const root = dirname(programs.statusLine);
  for (const folder of ['scripts', 'dist']) mkdirSync(join(root, folder), { recursive: true });
  copyFileSync(programs.statusLine, join(root, 'dist', 'status-line.cjs'));
  copyFileSync(SCRIPT, join(root, 'scripts', 'status-line.sh'));
  return join(root, 'scripts', 'status-line.sh');
}

/** A PATH on which nothing else is found. */
async function binOf({ home }: DaemonHome, names: readonly string[]): Promise<string> {
  const bin = join(home, 'bin');
  mkdirSync(bin);
  for (const name of names) symlinkSync((await findPath(name, process.env)) ?? '', join(bin, name));
  return bin;
}

function print(home: DaemonHome, program: readonly string[], input: string, env = {}): Promise<string> {
  const [file = '', ...words] = program;
  return new Promise((resolve, reject) => {
    const options = { env: home.env({ NO_COLOR: '1', ...env }) };
    const child = execFile(file, words, options, (error, stdout, stderr) =>
      error !== null || stderr !== '' ? reject(error ?? new Error(stderr)) : resolve(stdout),
    );
    child.stdin?.end(input);
  });
}

const input = (percent: number) =>
  JSON.stringify({ session_id: "it's $HOME", rate_limits: { five_hour: { used_percentage: percent } } });

describe.skipIf(!hasCurl)('the status line by a shell (needs curl)', () => {
  it("is the one of Node's program, without its start, and passes the reading on", async () => {
    const home = useDaemonHome({ config: { hud: { preset: 'full' } } });
    await home.ensure(programs);
    await until(() => existsSync(home.paths.hudFile));
    const script = installed();
    const withoutNode = await binOf(home, ['cat', 'curl']);
    const said = await print(home, ['/bin/sh', script], input(42), { PATH: withoutNode, COLUMNS: '80' });
    expect(said).toMatch(/5h ▓{3}░{5} 42%/);
    expect((await home.status()).fallback?.readings).toMatchObject([{ percent: 42, source: 'status-line' }]);
    expect(said).toBe(
      await print(home, [process.execPath, programs.statusLine], input(42), { COLUMNS: '80' }),
    );
    const narrow = await print(home, ['/bin/sh', script], input(42), { COLUMNS: '12' });
    expect(narrow.trimEnd().length).toBeLessThanOrEqual(12);
  });

  it("leaves to Node's program what the daemon cannot say: nothing runs, it hangs, another tool's line", async () => {
    const script = ['/bin/sh', installed()];
    const alone = useDaemonHome();
    expect(await print(alone, script, input(42))).toMatch(/^5h ▓{3}░{5} 42%\n$/);
    expect(alone.daemons()).toEqual([]);
    expect(await print(alone, script, 'not JSON')).toBe('OMCM\n');

    const home = useDaemonHome({ config: { hud: { wrap: 'echo theirs' } } });
    await home.ensure(programs);
    await until(() => existsSync(home.paths.hudFile));
    expect(await print(home, script, input(42))).toMatch(/^theirs\n.*42%\n$/);
    const [pid = process.pid] = home.daemons();
    process.kill(pid, 'SIGSTOP');
    const hanging = await print(home, script, input(50));
    process.kill(pid, 'SIGCONT');
    expect(hanging).toMatch(/50%.*\(stale\)\n$/);
  });
});
