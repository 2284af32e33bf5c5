/**
 * The status line, for those who have no mod to read the quota: passes the reading on, and prints it.
 * Claude Code runs it every few seconds: nothing heavy, no daemon started, and always a line, whatever is missing.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import { AROUND } from '../core/status-line/status-line-command.ts';
import type { QuotaReply, QuotaReport } from '../protocol/quota.ts';
import { readHookInput } from './read-stdin.ts';
import { renderStatusLine, type StatusWindow } from './render-status-line.ts';
import { runEarlierLine } from './run-earlier-line.ts';

/** Longer than this nobody waits for a line. */
const PATIENCE_MS = 300;

const input = (await readHookInput()) ?? {};
const windows = readWindows(input.rate_limits);
const earlier = earlierCommand(process.argv.slice(2));
const [reply, above] = await Promise.all([
  windows.length === 0 ? null : tellDaemon(String(input.session_id ?? ''), windows),
  earlier === null ? '' : runEarlierLine(earlier, JSON.stringify(input)),
]);
const own = renderStatusLine(windows, reply?.fallbackActive === true);
process.stdout.write(`${[above, own].filter(Boolean).join('\n')}\n`);

/** The status line that setup found, and put ours around. */
function earlierCommand([flag, command]: readonly string[]): string | null {
  return flag === AROUND && command !== undefined ? command : null;
}

function readWindows(limits: unknown): readonly StatusWindow[] {
  if (typeof limits !== 'object' || limits === null) return [];
  return Object.entries(limits as Record<string, unknown>).flatMap(([kind, window]) => {
    const { used_percentage: percent, resets_at: resetsAt } = (window ?? {}) as Record<string, unknown>;
    if (typeof percent !== 'number') return [];
    return [{ kind, percent, resetsAt: typeof resetsAt === 'number' ? resetsAt : null }];
  });
}

async function tellDaemon(
  sessionId: string,
  readings: readonly StatusWindow[],
): Promise<Partial<QuotaReply> | null> {
  const body: QuotaReport = {
    source: 'status-line',
    sessionId: sessionId.slice(0, 256),
    windows: [...readings],
  };
  const { socketPath } = resolveOwnPaths(process.env);
  const call = { socketPath, method: 'POST', path: '/v1/quota', body, timeoutMs: PATIENCE_MS } as const;
  const answer = await callDaemon(call).catch(() => null);
  return answer?.status === 200 ? (answer.body as Partial<QuotaReply>) : null;
}
