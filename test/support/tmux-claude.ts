// An interactive Claude Code session in a terminal of its own, driven by keys and read from the screen.

import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import type { IsolatedHome } from '../../src/simulation/isolated-home.ts';

const exec = promisify(execFile);
const POLL_MS = 100;
const WAIT_MS = 20_000;
const ENDING_MS = 5_000;

export const hasTmux = (() => {
  try {
    execFileSync('tmux', ['-V']);
    return true;
  } catch {
    return false;
  }
})();

export interface TmuxClaudeOptions {
  readonly home: IsolatedHome;
  readonly pluginDirs?: readonly string[];
  /** Left out: `acceptEdits`. Auto mode, the default with an API key, asks a check that no simulation answers. */
  readonly permissionMode?: string;
  readonly args?: readonly string[];
  /** Of the terminal; left out, 160. */
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
}

export interface TmuxClaude {
  readonly pid: number;
  /** Names of keys as tmux knows them, e.g. `Enter`, `Escape`, `C-c`. */
  readonly sendKeys: (...keys: readonly string[]) => Promise<void>;
  /** Types a prompt and sends it off. */
  readonly submit: (text: string) => Promise<void>;
  readonly capture: () => Promise<string>;
  /** The screen that shows the text or passes the test; an error that shows the last screen if none does. */
  readonly waitFor: (sign: string | ((screen: string) => boolean), timeoutMs?: number) => Promise<string>;
  /** Makes the terminal so many columns wide. */
  readonly resize: (columns: number) => Promise<void>;
  readonly kill: () => Promise<void>;
}

export async function startTmuxClaude(options: TmuxClaudeOptions): Promise<TmuxClaude> {
  const { claude } = findBinaries();
  if (claude === undefined) throw new Error('Claude Code is not installed');
  const pluginArgs = (options.pluginDirs ?? []).flatMap((folder) => ['--plugin-dir', folder]);
  const mode = ['--permission-mode', options.permissionMode ?? 'acceptEdits'];
  return startInTmux([claude, ...mode, ...pluginArgs, ...(options.args ?? [])], options);
}

/** Any program, in the project's folder. */
export async function startInTmux(
  command: readonly string[],
  options: Pick<TmuxClaudeOptions, 'env' | 'columns'> & {
    readonly home: Pick<IsolatedHome, 'root' | 'env' | 'projectDir'>;
  },
): Promise<TmuxClaude> {
  const { home } = options;
  const socket = `omcm-${randomBytes(4).toString('hex')}`;
  // tmux keeps its socket under TMUX_TMPDIR: inside the home's folder it goes with it.
  const env = home.env({ ...options.env, TMUX_TMPDIR: `${home.root}/tmp`, TERM: 'xterm-256color' });
  const tmux = async (...args: readonly string[]) =>
    (await exec('tmux', ['-L', socket, '-f', '/dev/null', ...args], { env, cwd: home.projectDir })).stdout;
  const size = ['-x', String(options.columns ?? 160), '-y', '50'];
  await tmux('new-session', '-d', ...size, '-s', 'claude', '-c', home.projectDir, '--', ...command);
  const pid = Number((await tmux('list-panes', '-t', 'claude', '-F', '#{pane_pid}')).trim());
  return terminal(pid, tmux);
}

function terminal(pid: number, tmux: (...args: readonly string[]) => Promise<string>): TmuxClaude {
  const capture = () => tmux('capture-pane', '-p', '-t', 'claude');
  const sendKeys = async (...keys: readonly string[]) => {
    await tmux('send-keys', '-t', 'claude', ...keys);
  };
  return {
    pid,
    sendKeys,
    capture,
    async submit(text) {
      await tmux('send-keys', '-t', 'claude', '-l', text);
      // An Enter in the same burst counts as a line break of a pasted text.
      await sleep(300);
      await sendKeys('Enter');
    },
    async waitFor(sign, timeoutMs = WAIT_MS) {
      const shows = typeof sign === 'string' ? (screen: string) => screen.includes(sign) : sign;
      const deadline = Date.now() + timeoutMs;
      let screen = await capture();
      while (!shows(screen)) {
        if (Date.now() > deadline) throw new Error(`Not seen within ${timeoutMs} ms: ${sign}\n${screen}`);
        await sleep(POLL_MS);
        screen = await capture();
      }
      return screen;
    },
    async resize(columns) {
      await tmux('resize-window', '-t', 'claude', '-x', String(columns), '-y', '50');
    },
    async kill() {
      await tmux('kill-server').catch(() => '');
      await ended(pid);
    },
  };
}

async function ended(pid: number): Promise<void> {
  const deadline = Date.now() + ENDING_MS;
  while (signal(pid, Date.now() > deadline ? 'SIGKILL' : 0)) await sleep(POLL_MS);
}

/** False when nobody has that pid any more. */
function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name);
  } catch {
    return false;
  }
}
