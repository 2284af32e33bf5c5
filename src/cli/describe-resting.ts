import type { RestingStatus } from '../protocol/status.ts';
import { formatDuration } from './format-amounts.ts';
import type { Messages } from './messages.ts';

/** `google/gemini-3-flash: provider-rate-limited, back in 2 min 3 s` */
export function describeResting({ key, code, until }: RestingStatus, m: Messages, now: number): string {
  return m.daemon.restingUntil(key, code, formatDuration(Math.max(0, until - now)));
}
