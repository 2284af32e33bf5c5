// One short line for a person who is in the middle of something else.

import type { Locale } from '../config/pick-locale.ts';
import type { QuotaWindow } from '../quota/reading.ts';
import type { FallbackEvent, ReturnReason } from './fallback-event.ts';

type Words = {
  readonly window: Readonly<Record<QuotaWindow, string>>;
  readonly activated: (window: string, percent: number, until: string | null) => string;
  readonly activatedByHand: string;
  readonly returned: (why: string) => string;
  readonly why: Readonly<Record<ReturnReason, string>>;
  readonly suggested: (window: string, percent: number, until: string | null) => string;
  /** Where it is more than a suggestion. */
  readonly saving: (window: string, percent: number) => string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    window: { fiveHour: 'five-hour', weekly: 'weekly' },
    activated: (window, percent, until) =>
      `OMCM: Claude's ${window} window is at ${percent} %: other models answer subagents${until === null ? '' : ` until it resets at ${until}`}.`,
    activatedByHand: 'OMCM: fallback is on: other models answer subagents.',
    returned: (why) => `OMCM: Claude is back (${why}): subagents go where the mode sends them.`,
    why: {
      'window-reset': 'its window has reset',
      'window-reset-unconfirmed': 'its window should have reset',
      'two-readings-below': 'usage has fallen',
      manual: 'by hand',
    },
    suggested: (window, percent, until) =>
      `OMCM: Claude's ${window} window is at ${percent} %${until === null ? '' : `, it resets at ${until}`}. \`omcm config set mode save-tokens\` makes it last longer.`,
    saving: (window, percent) =>
      `OMCM: Claude's ${window} window is at ${percent} %: simple subagents go to other models to save it.`,
  },
  ko: {
    window: { fiveHour: '5시간', weekly: '주간' },
    activated: (window, percent, until) =>
      `OMCM: Claude ${window} 한도가 ${percent}%입니다. ${until === null ? '' : `${until}에 초기화될 때까지 `}다른 모델이 서브에이전트를 맡습니다.`,
    activatedByHand: 'OMCM: 폴백을 켰습니다. 다른 모델이 서브에이전트를 맡습니다.',
    returned: (why) => `OMCM: Claude로 돌아왔습니다(${why}). 서브에이전트는 다시 모드를 따릅니다.`,
    why: {
      'window-reset': '한도 초기화',
      'window-reset-unconfirmed': '한도 초기화 시각이 지남',
      'two-readings-below': '사용량 감소',
      manual: '직접 전환',
    },
    suggested: (window, percent, until) =>
      `OMCM: Claude ${window} 한도가 ${percent}%입니다${until === null ? '' : `(${until}에 초기화)`}. \`omcm config set mode save-tokens\`로 아낄 수 있습니다.`,
    saving: (window, percent) =>
      `OMCM: Claude ${window} 한도가 ${percent}%입니다. 아끼기 위해 간단한 서브에이전트는 다른 모델이 맡습니다.`,
  },
};

export type Telling = {
  readonly locale: Locale;
  /** A moment, as the person's own clock shows it. */
  readonly formatTime: (at: number) => string;
  /** The user lets it save from the warning on. */
  readonly savesByItself: boolean;
};

export function describeEvent(event: FallbackEvent, { locale, formatTime, savesByItself }: Telling): string {
  const words = WORDS[locale];
  if (event.type === 'returned') return words.returned(words.why[event.reason]);
  if (event.window === null || event.percent === null) return words.activatedByHand;
  const window = words.window[event.window];
  const percent = Math.floor(event.percent);
  if (event.type === 'suggested' && savesByItself) return words.saving(window, percent);
  const until = event.resetsAt === null ? null : formatTime(event.resetsAt);
  return words[event.type](window, percent, until);
}
