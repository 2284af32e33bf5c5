import type { WindowReading } from '../../core/quota/reading.ts';
import type { RouteSnapshot } from '../../core/routing/snapshot.ts';
import type { Cli } from '../cli.ts';
import { formatDuration } from '../format-amounts.ts';
import { printableText } from '../printable-text.ts';

/** What a decision was made from, one thing a line; what was not known is said too. */
export function renderInputs(inputs: RouteSnapshot, { m, output }: Cli): readonly string[] {
  const { why: text } = m;
  const { prompt, quota } = inputs;
  const unknown = text.unknown();
  const rows: readonly (readonly [string, string])[] = [
    [text.labels.mode, inputs.enabled ? inputs.mode : text.switchedOff(inputs.mode)],
    [text.labels.session, inputs.session ?? text.noSessionMode()],
    [text.labels.fiveHour, describeReading(quota.fiveHour, inputs.at, m)],
    [text.labels.weekly, describeReading(quota.weekly, inputs.at, m)],
    [text.labels.fallback, text.onOff(inputs.fallback)],
    [text.labels.permissionMode, inputs.permissionMode ?? unknown],
    [text.labels.project, inputs.project ?? unknown],
    [text.labels.time, inputs.minuteOfDay === null ? unknown : formatMinute(inputs.minuteOfDay)],
    [text.labels.prompt, prompt === null ? unknown : text.prompt(prompt.chars, prompt.files.slice(0, 5))],
    [text.labels.connected, inputs.connected === null ? unknown : inputs.connected.join(', ')],
  ];
  return rows.map(([label, value]) => `  ${output.colours.dim(`${label}:`)} ${printableText(value)}`);
}

function describeReading(reading: WindowReading | null, at: number, { why }: Cli['m']): string {
  if (reading === null) return why.noReading();
  return why.reading(reading.percent, formatDuration(Math.max(0, at - reading.readAt)));
}

function formatMinute(minute: number): string {
  return [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':');
}
