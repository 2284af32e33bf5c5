// Figures as people read them, in the page's language.
import { shortCount } from '../core/hud/render-hud.ts';
import type { Band } from '../core/savings/task-savings.ts';
import { locale } from './words.ts';

const CLOCK = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', second: '2-digit' });

const MINUTE = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' });

export function formatMinute(at: number): string {
  return MINUTE.format(at);
}

export function formatClock(at: number): string {
  return CLOCK.format(at);
}

/** An estimate, so marked. */
export function formatBand({ low, high }: Band): string {
  const [from, to] = [Math.max(0, low), Math.max(0, high)].map(shortCount);
  return from === to ? `~${from}` : `~${from}–${to}`;
}

export function formatMemory(bytes: number | null): string {
  return bytes === null ? '–' : `${Math.round(bytes / 1_048_576)} MB`;
}

export { shortCount };
