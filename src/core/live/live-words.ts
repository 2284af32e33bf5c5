// The words of whoever shows what goes on: the dashboard, which gets them from the daemon, and `omcm top`. Plain texts,
// since they travel; `{…}` is filled in by `fill`.
import type { Locale } from '../config/pick-locale.ts';
import { LIVE_EN, type LiveWords } from './words/en.ts';
import { LIVE_KO } from './words/ko.ts';

export type { LiveWords };

const WORDS: Readonly<Record<Locale, LiveWords>> = { en: LIVE_EN, ko: LIVE_KO };

export function liveWords(locale: Locale): LiveWords {
  return WORDS[locale];
}

export function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
