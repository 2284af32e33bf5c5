/**
 * The status line: what the daemon left in its file, with the reading that Claude Code has just given.
 * Claude Code runs it every few seconds: nothing heavy, no daemon started, and always a line, whatever is missing. The
 * daemon is only told of a reading that it does not have.
 */
import { readFileSync, statSync } from 'node:fs';
import { processIsAlive } from '../adapters/processes/process-is-alive.ts';
import { pickLocale } from '../core/config/pick-locale.ts';
import { HUD_WRITTEN_EVERY_MS, type HudState, parseHudState } from '../core/hud/hud-state.ts';
import { type LineLook, renderSessionLine } from '../core/hud/session-line.ts';
import { isKnown, readToldWindows, reportOf, type ToldWindow } from '../core/hud/told-windows.ts';
import type { QuotaReport } from '../protocol/quota.ts';
import { callDaemon } from './call-daemon.ts';

export type StatusLineInput = {
  /** What Claude Code says, as it came. */
  readonly text: string;
  readonly said: Readonly<Record<string, unknown>>;
  readonly env: NodeJS.ProcessEnv;
  readonly paths: { readonly hudFile: string; readonly socketPath: string };
  /** The line of another tool, where the settings name none. */
  readonly wrap?: string | undefined;
  readonly now: number;
};

/** Longer than this nobody waits for a line. */
const PATIENCE_MS = 300;
const WRAPPED_PATIENCE_MS = 1_000;
/** A busy machine may be late by one or two. */
const SIGN_OF_LIFE_MS = 3 * HUD_WRITTEN_EVERY_MS;

export async function composeStatusLine(input: StatusLineInput): Promise<string> {
  const { said, env, paths, now } = input;
  const state = readState(paths.hudFile);
  const told = readToldWindows(said.rate_limits);
  const [reply, wrapped] = await Promise.all([
    told.length === 0 || isKnown(told, state?.windows ?? []) ? 'known' : tellDaemon(input, told),
    runWrapped(state?.settings.wrap || input.wrap || '', input),
  ]);
  const line = renderSessionLine(
    {
      state,
      sessionId: String(said.session_id ?? ''),
      told,
      isAlive: state !== null && reply !== 'silent' && isAtWork(state, input),
      fallback: typeof reply === 'object' ? reply.fallbackActive : null,
      isToday: (at) => new Date(at).toDateString() === new Date(now).toDateString(),
      now,
    },
    lookOf(env),
  );
  return [...wrapped, line].join('\n');
}

function lookOf(env: NodeJS.ProcessEnv): LineLook {
  const columns = Number(env.COLUMNS);
  return {
    locale: pickLocale('auto', env),
    // Claude Code shows colours though it is no terminal that we write to.
    colours: !env.NO_COLOR && env.TERM !== 'dumb',
    columns: Number.isInteger(columns) && columns > 0 ? columns : null,
  };
}

function readState(file: string): HudState | null {
  try {
    return parseHudState(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

/** A process that hangs is there, and writes nothing. */
function isAtWork({ pid }: HudState, { paths, now }: StatusLineInput): boolean {
  const { mtimeMs = 0 } = statSync(paths.hudFile, { throwIfNoEntry: false }) ?? {};
  return processIsAlive(pid) && now - mtimeMs < SIGN_OF_LIFE_MS;
}

async function tellDaemon(
  { said, paths }: StatusLineInput,
  told: readonly ToldWindow[],
): Promise<{ readonly fallbackActive: boolean } | 'silent'> {
  const body: QuotaReport = reportOf(String(said.session_id ?? ''), told);
  const call = { socketPath: paths.socketPath, method: 'POST', path: '/v1/quota', body } as const;
  const answer = await callDaemon({ ...call, timeoutMs: PATIENCE_MS }).catch(() => null);
  if (answer?.status !== 200) return 'silent';
  return { fallbackActive: (answer.body as { fallbackActive?: unknown } | null)?.fallbackActive === true };
}

/** Its lines; none where it fails or takes too long, so that ours is shown all the same. */
function runWrapped(command: string, { text, env }: StatusLineInput): Promise<readonly string[]> {
  if (command === '') return Promise.resolve([]);
  const { spawn } = process.getBuiltinModule('node:child_process');
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, env, stdio: ['pipe', 'pipe', 'ignore'], detached: true });
    let said = '';
    const end = (lines: readonly string[]) => {
      clearTimeout(timer);
      resolve(lines);
    };
    const timer = setTimeout(() => {
      endGroup(child.pid);
      end([]);
    }, WRAPPED_PATIENCE_MS);
    child.on('error', () => end([]));
    child.stdin.on('error', () => undefined).end(text);
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      said += piece;
    });
    child.on('close', () => end(said.trimEnd() === '' ? [] : said.trimEnd().split('\n')));
  });
}

/** What it has started goes with it. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // It has just ended.
  }
}
