// The few words in a status line. Apart from the command line's, which a status line has no time to load.
import type { Locale } from '../config/pick-locale.ts';

export type HudWords = {
  readonly fiveHour: string;
  readonly weekly: string;
  readonly fallback: string;
  readonly rescued: (model: string) => string;
  readonly rescueOffered: string;
  readonly running: (count: number) => string;
  readonly waiting: (count: number) => string;
  readonly saved: (band: string) => string;
  readonly failedOpen: string;
  readonly stale: string;
  readonly left: (days: number, hours: number, minutes: number) => string;
};

const EN: HudWords = {
  fiveHour: '5h',
  weekly: '7d',
  fallback: 'fallback',
  rescued: (model) => `${model} for Claude`,
  rescueOffered: 'Claude is spent: type "rescue on"',
  running: (count) => `${count} running`,
  waiting: (count) => `${count} waiting`,
  saved: (band) => `${band} saved today`,
  failedOpen: '! failed open',
  stale: 'stale',
  left: (days, hours, minutes) =>
    days > 0 ? `${days}d${hours}h` : hours > 0 ? `${hours}h${minutes}m` : `${minutes}m`,
};

const KO: HudWords = {
  fiveHour: '5시간',
  weekly: '7일',
  fallback: '폴백',
  rescued: (model) => `Claude 대신 ${model}`,
  rescueOffered: 'Claude 한도 소진: "rescue on" 입력',
  running: (count) => `실행 ${count}`,
  waiting: (count) => `대기 ${count}`,
  saved: (band) => `오늘 ${band} 절약`,
  failedOpen: '! 우회됨',
  stale: '오래됨',
  left: (days, hours, minutes) =>
    days > 0 ? `${days}일${hours}시간` : hours > 0 ? `${hours}시간${minutes}분` : `${minutes}분`,
};

export function hudWords(locale: Locale): HudWords {
  return locale === 'ko' ? KO : EN;
}
