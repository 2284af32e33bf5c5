/** What `omcm fallback status` says to a person. */
import type { FallbackStatus } from '../../protocol/quota.ts';
import { formatDuration } from '../format-amounts.ts';
import type { Messages } from '../messages.ts';
import { renderTable } from '../render-table.ts';

type Text = Messages['fallback'];

export function renderFallback(status: FallbackStatus, { fallback: text }: Messages, now: number): string {
  const { manual, since, resetsAt, readings, chain, threshold } = status;
  const would = status.state === 'active' ? 'on' : 'off';
  return [
    renderState(status, text),
    ...(manual === null || manual === would ? [] : [text.underneath(would)]),
    ...(since === null ? [] : [text.since(formatMoment(since))]),
    ...(resetsAt === null ? [] : [text.until(formatMoment(resetsAt))]),
    ...renderReadings(readings, text, now),
    ...renderPace(status.pace, text),
    text.rule(threshold),
    ...(chain.length === 0 ? [] : [text.chain(chain.join(', '))]),
  ].join('\n');
}

function renderState({ active, manual, reason }: FallbackStatus, text: Text): string {
  const state = active ? text.active(reason ?? '') : text.inactive();
  return `${state} (${text.by[manual ?? 'auto']})`;
}

function renderReadings(readings: FallbackStatus['readings'], text: Text, now: number): readonly string[] {
  if (readings.length === 0) return [text.unread()];
  const rows = readings.map(({ window, percent, resetsAt, readAt, source, current }) => {
    const spent = `${Math.floor(percent)} %`;
    return [
      text.window(window),
      current ? spent : text.outdated(spent),
      resetsAt === null ? '–' : formatMoment(resetsAt),
      text.ago(formatDuration(Math.max(0, now - readAt))),
      text.source(source),
    ];
  });
  return [renderTable(text.columns, rows)];
}

function renderPace(pace: FallbackStatus['pace'], text: Text): readonly string[] {
  if (!pace) return [];
  const { window, percentAtReset, spentAt, level, routes } = pace;
  const spent = spentAt === null ? null : formatMoment(spentAt);
  const projection = text.pace(text.window(window), Math.floor(percentAtReset), spent);
  return routes ? [projection, text.paceLevel(level)] : [projection];
}

/** By the clock on the user's wall, in an order that every country reads. */
export function formatMoment(at: number): string {
  const moment = new Date(at);
  const pad = (value: number) => String(value).padStart(2, '0');
  const day = `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}`;
  return `${day} ${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
}
