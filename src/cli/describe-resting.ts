import type { RestingStatus } from '../protocol/status.ts';
import { formatDuration } from './format-amounts.ts';
import type { Messages } from './messages.ts';
import { printableText } from './printable-text.ts';

/** `google/gemini-3-flash: provider-rate-limited, back in 2 min 3 s (as devbox has found out)` */
export function describeResting({ key, code, until, from }: RestingStatus, m: Messages, now: number): string {
  const text = m.daemon.restingUntil(key, code, formatDuration(Math.max(0, until - now)));
  return from === undefined ? text : `${text} ${m.daemon.foundOutBy(printableText(from))}`;
}
