/** How long a poll waits until there is something to read. */
import type { HonoRequest } from 'hono';

/** Well under the limits of what lies between; the client asks again at once. */
const MAX_WAIT_MS = 25_000;

export type Poll = {
  /** Which of the events are known already: the number of the first that is not. */
  readonly from: number;
  readonly waitMs: number;
};

export function readPoll(request: HonoRequest): Poll {
  return {
    from: numberOf(request.query('from')),
    waitMs: Math.min(numberOf(request.query('wait')), MAX_WAIT_MS),
  };
}

/** What is no number, or below nought, is nought. */
export function numberOf(text: string | undefined): number {
  const value = Number(text ?? 0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}
