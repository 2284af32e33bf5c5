/**
 * The status line, for those who have no mod to read the quota: passes the reading on, and prints it.
 * Claude Code runs it every few seconds: nothing heavy, no daemon started, and always a line, whatever is missing.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import type { QuotaReply, QuotaReport } from '../protocol/quota.ts';
import { readHookInput } from './read-stdin.ts';
import { renderStatusLine, type StatusWindow } from './render-status-line.ts';

/** Longer than this nobody waits for a line. */
const PATIENCE_MS = 300;

const input = (await readHookInput()) ?? {};
const windows = readWindows(input.rate_limits);
const reply = windows.length === 0 ? null : await tellDaemon(String(input.session_id ?? ''), windows);
process.stdout.write(`${renderStatusLine(windows, reply?.fallbackActive === true)}\n`);

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
