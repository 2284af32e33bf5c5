/**
 * StopFailure: Claude Code has met its limit, and says in words when that ends. Also where nobody reads the quota.
 * A headless session ends at once after it and takes its hooks along: hooks.json puts this one in the background,
 * deaf to the signals of that end.
 */
import { resolveOwnPaths } from '../adapters/files/paths.ts';
import { callDaemon } from '../client/call-daemon.ts';
import type { QuotaReport } from '../protocol/quota.ts';
import { readHookInput } from './read-stdin.ts';

const input = await readHookInput();
if (input?.error === 'rate_limit' && typeof input.last_assistant_message === 'string') {
  const body: QuotaReport = {
    source: 'limit-message',
    sessionId: String(input.session_id ?? '').slice(0, 256),
    message: input.last_assistant_message.slice(0, 2_000),
  };
  const { socketPath } = resolveOwnPaths(process.env);
  // Where no daemon runs, nothing is routed either: the next session asks Claude, and hears it again.
  await callDaemon({ socketPath, method: 'POST', path: '/v1/quota', body, timeoutMs: 10_000 }).catch(
    () => null,
  );
}
