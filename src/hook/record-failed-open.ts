/** A call that went to Claude because of us: told to the daemon where there is one, written down where there is none. */
import { appendFile, mkdir } from 'node:fs/promises';
import type { Paths } from '../adapters/files/paths.ts';
import { type RoutingLogEntry, renderRoutingLine } from '../adapters/files/routing-line.ts';
import { callDaemon } from '../client/call-daemon.ts';
import type { FailedOpen } from '../protocol/status.ts';

export async function recordFailedOpen(paths: Paths, report: FailedOpen): Promise<null> {
  await appendPlainly(paths, `${renderRoutingLine(entryOf(report), { detail: report.detail ?? '' })}\n`);
  const { socketPath } = paths;
  const call = { socketPath, method: 'POST', path: '/v1/failed-open', body: report, timeoutMs: 500 } as const;
  await callDaemon(call).catch(() => null);
  return null;
}

/** Without the rotation, whose modules a hook need not load: the daemon rotates at its next line. */
async function appendPlainly({ stateDir, routingLogFile }: Paths, line: string): Promise<void> {
  try {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    await appendFile(routingLogFile, line, { mode: 0o600 });
  } catch {
    // A state folder that cannot be written: the daemon counts the call, where there is one.
  }
}

function entryOf({ agent, reason, sessionId }: FailedOpen): RoutingLogEntry {
  return {
    timestamp: Date.now(),
    requestId: '',
    sessionId: sessionId ?? null,
    toolName: 'Agent',
    subagentType: agent,
    agent: null,
    decision: 'native',
    reason,
    target: 'claude',
    provider: 'claude',
    model: null,
    durationMs: 0,
  };
}
