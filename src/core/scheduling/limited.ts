// Does everybody refuse for now? Then each further task would only be refused too.
import { type Limited, NOT_LIMITED, type RunEnd, type TaskEnd } from './run-state.ts';

/** One agent's models may be out while another's are not; and one refusal may be bad luck. */
const MOST_IN_A_ROW = 3;

/** A task fails with these only where nobody was left that could do it. */
const LIMITS: ReadonlySet<string> = new Set([
  'provider-rate-limited',
  'provider-quota-exhausted',
  'claude-limit',
  'standstill',
]);

export function advanceLimited(limited: Limited, agent: string, end: TaskEnd): Limited {
  if (end.outcome === 'done') return NOT_LIMITED;
  if (!metLimit(end)) return limited;
  return { inARow: limited.inARow + 1, agents: [...new Set([...limited.agents, agent])] };
}

/** From here on only agents that have met no limit are tried, one at a time. */
export function isOnTrial({ inARow }: Limited): boolean {
  return inARow >= MOST_IN_A_ROW;
}

function metLimit(end: TaskEnd): end is Extract<RunEnd, { outcome: 'failed' }> {
  return end.outcome === 'failed' && isLimit(end.code);
}

export function isLimit(code: string): boolean {
  return LIMITS.has(code);
}
