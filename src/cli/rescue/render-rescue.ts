/** What `omcm rescue status` says to a person, and `omcm status` of it. */
import type { RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import type { RescueStatus } from '../../protocol/rescue.ts';
import { formatMoment } from '../fallback/render-fallback.ts';
import type { Messages } from '../messages.ts';
import { printableText } from '../printable-text.ts';

export function renderRescue({ rescue, sessions }: RescueStatus, m: Messages): string {
  return [
    m.rescue.set[rescue],
    ...(sessions.length === 0 ? [m.rescue.none()] : sessions.map((one) => renderStanding(one, m))),
  ].join('\n');
}

export function renderStanding(
  { sessionId, state, model, since, until }: RescueStanding,
  { rescue }: Messages,
): string {
  const who = model === null ? rescue.another() : printableText(model);
  const end = until === null ? '' : rescue.until(formatMoment(until));
  return `${printableText(sessionId)}: ${rescue.states[state](who, formatMoment(since))}${end}`;
}
