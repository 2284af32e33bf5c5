/**
 * The status line: what the daemon left in its file, with the reading that Claude Code has just given.
 * Claude Code runs it every few seconds: nothing heavy, no daemon started, and always a line, whatever is missing. The
 * daemon is only told of a reading that it does not have.
 */
import { readFileSync } from 'node:fs';
import { processIsAlive } from '../adapters/processes/process-is-alive.ts';
import { pickLocale } from '../core/config/pick-locale.ts';
import { type HudState, type HudWindow, parseHudState } from '../core/hud/hud-state.ts';
import { PRESETS } from '../core/hud/hud-template.ts';
import { type HudLook, type HudView, renderHud } from '../core/hud/render-hud.ts';
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
/** A call that went to Claude because of us is shown for so long. */
const WARN_FOR_MS = 60 * 60_000;

export async function composeStatusLine(input: StatusLineInput): Promise<string> {
  const { said, env, paths, now } = input;
  const state = readState(paths.hudFile);
  const told = readWindows(said.rate_limits);
  const [reply, wrapped] = await Promise.all([
    told.length === 0 || isKnown(told, state) ? 'known' : tellDaemon(input, told),
    runWrapped(state?.settings.wrap || input.wrap || '', input),
  ]);
  const isAlive = state !== null && processIsAlive(state.pid) && reply !== 'silent';
  const sessionId = String(said.session_id ?? '');
  const view: HudView = {
    flows: state?.sessions[sessionId] ?? null,
    mode: state?.sessionModes[sessionId] ?? state?.mode ?? null,
    windows:
      told.length > 0 ? told.map(({ kind: _, ...window }) => window) : fresh(state?.windows ?? [], now),
    fallback: typeof reply === 'object' ? reply.fallbackActive : (state?.fallback ?? false),
    running: isAlive ? state.running : 0,
    waiting: isAlive ? state.waiting : 0,
    savedTokens: state === null || isYesterday(state.saved.since, now) ? null : state.saved.tokens,
    failedOpen: state !== null && state.failedOpenAt !== null && now - state.failedOpenAt < WARN_FOR_MS,
    stale: state !== null && !isAlive,
  };
  const line = renderHud(view, lookOf(state, env, now));
  return [...wrapped, line || 'OMCM'].join('\n');
}

function lookOf(state: HudState | null, env: NodeJS.ProcessEnv, now: number): HudLook {
  const {
    template = '',
    locale = pickLocale('auto', env),
    warnAt = 70,
    threshold = 90,
  } = state?.settings ?? {};
  const columns = Number(env.COLUMNS);
  return {
    template: template || PRESETS.full,
    locale,
    warnAt,
    threshold,
    now,
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

type ToldWindow = HudWindow & { readonly kind: string };

const WINDOWS: ReadonlyMap<string, HudWindow['window']> = new Map([
  ['five_hour', 'fiveHour'],
  ['seven_day', 'weekly'],
]);

function readWindows(limits: unknown): readonly ToldWindow[] {
  if (typeof limits !== 'object' || limits === null) return [];
  return Object.entries(limits as Record<string, unknown>).flatMap(([kind, given]) => {
    const { used_percentage: percent, resets_at: resetsAt } = (given ?? {}) as Record<string, unknown>;
    const window = WINDOWS.get(kind);
    if (typeof percent !== 'number' || window === undefined) return [];
    return [{ kind, window, percent, resetsAt: typeof resetsAt === 'number' ? resetsAt * 1_000 : null }];
  });
}

function isKnown(told: readonly ToldWindow[], state: HudState | null): boolean {
  return told.every(({ window, percent, resetsAt }) =>
    state?.windows.some(
      (known) => known.window === window && known.percent === percent && known.resetsAt === resetsAt,
    ),
  );
}

/** One that has reset says nothing any more. */
function fresh(windows: readonly HudWindow[], now: number): readonly HudWindow[] {
  return windows.filter(({ resetsAt }) => resetsAt === null || resetsAt > now);
}

function isYesterday(since: number, now: number): boolean {
  return new Date(since).toDateString() !== new Date(now).toDateString();
}

async function tellDaemon(
  { said, paths }: StatusLineInput,
  told: readonly ToldWindow[],
): Promise<{ readonly fallbackActive: boolean } | 'silent'> {
  const body: QuotaReport = {
    source: 'status-line',
    sessionId: String(said.session_id ?? '').slice(0, 256),
    windows: told.map(({ kind, percent, resetsAt }) => ({
      kind,
      percent,
      resetsAt: resetsAt === null ? null : resetsAt / 1_000,
    })),
  };
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
