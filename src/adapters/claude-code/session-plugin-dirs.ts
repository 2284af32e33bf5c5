/** Which `--plugin-dir` folders was this Claude Code started with? Its command line is the only place that says. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { delimiter, resolve } from 'node:path';

export async function sessionPluginDirs(
  claudePid: number | null,
  cwd: string,
  pluginDirsEnv: string | undefined,
): Promise<string[]> {
  const fromEnv = pluginDirsEnv?.split(delimiter).filter(Boolean) ?? [];
  const named = claudePid === null ? [] : pluginDirArguments(await commandLine(claudePid));
  return [...named, ...fromEnv].map((dir) => resolve(cwd, dir));
}

export function pluginDirArguments(argv: readonly string[]): string[] {
  return argv.flatMap((argument, index) => {
    const next = argv[index + 1];
    if (argument === '--plugin-dir' && next !== undefined) return [next];
    return argument.startsWith('--plugin-dir=') ? [argument.slice('--plugin-dir='.length)] : [];
  });
}

async function commandLine(pid: number): Promise<string[]> {
  if (process.platform === 'linux') {
    const raw = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return raw.split('\0');
  }
  if (process.platform === 'win32') return [];
  // `ps` joins the arguments with spaces: a folder with a space in its name is not found this way.
  return new Promise((done) => {
    execFile('ps', ['-o', 'args=', '-p', String(pid)], { timeout: 1_000 }, (error, out) => {
      done(error ? [] : out.trim().split(/\s+/));
    });
  });
}
