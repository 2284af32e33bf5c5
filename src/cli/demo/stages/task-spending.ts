// What did one call cost, as the daemon has written it down? For where nobody keeps a journal of the providers.
import { callDaemon } from '../../../client/call-daemon.ts';
import { type TaskOutcome, taskEventsSchema } from '../../../protocol/task.ts';
import type { LoggedDecision } from '../calls/logged-decision.ts';
import type { Spending } from '../calls/spending.ts';

const CLAUDE: Spending = { provider: 'claude', model: null, requests: null, tokens: null };

export async function taskSpending(
  socketPath: string,
  decision: LoggedDecision | null,
): Promise<readonly Spending[]> {
  if (decision?.route !== true) return [CLAUDE];
  const { requestId } = decision;
  const path = `/v1/tasks/${requestId}/events?from=0&wait=0`;
  const { body } = await callDaemon({ socketPath, path, timeoutMs: 5_000 });
  const read = taskEventsSchema.safeParse(body);
  const last = read.success ? read.data.events.at(-1) : undefined;
  if (last?.type === 'finished') return [outcomeSpending(last.outcome, decision)];
  // What had not begun was done again by Claude.
  if (last?.type === 'failed' && last.begun) return [outcomeSpending(last.outcome, decision)];
  return [CLAUDE];
}

function outcomeSpending({ tokens, model }: TaskOutcome, { provider }: LoggedDecision): Spending {
  const input = tokens.input + tokens.cacheRead + tokens.cacheWrite;
  return { provider, model, requests: null, tokens: { input, output: tokens.output + tokens.reasoning } };
}
