// How a session goes on in OpenCode, in one line: for its user, and for the model that conducts it.

import type { Locale } from '../config/pick-locale.ts';
import type { SpentWindow } from '../quota/find-spent-window.ts';
import type { QuotaWindow } from '../quota/reading.ts';

type Words = {
  readonly how: string;
  readonly window: Readonly<Record<QuotaWindow, string>>;
  readonly spent: (window: string, percent: number) => string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    how: '`omcm handoff --open` in a terminal here goes on with this session in OpenCode; `omcm handoff --back` and /omcm:resume bring back what came of it.',
    window: { fiveHour: 'five-hour', weekly: 'weekly' },
    spent: (window, percent) => `Claude's ${window} window is at ${percent} %. `,
  },
  ko: {
    how: '이 폴더의 터미널에서 `omcm handoff --open`을 실행하면 이 세션을 OpenCode에서 이어가고, `omcm handoff --back`과 /omcm:resume으로 결과를 가져옵니다.',
    window: { fiveHour: '5시간', weekly: '주간' },
    spent: (window, percent) => `Claude ${window} 한도가 ${percent}%입니다. `,
  },
};

/** `null`: it was asked for by a word. */
export function describeHandoff(spent: SpentWindow | null, locale: Locale): string {
  const { how, window, spent: describe } = WORDS[locale];
  return `OMCM: ${spent === null ? '' : describe(window[spent.window], Math.floor(spent.percent))}${how}`;
}

export const TOLD_THE_MODEL =
  'OMCM: the user asks how this session goes on in OpenCode. Tell them in short: `omcm handoff --open` in a terminal in this folder opens OpenCode with the context of the session (`omcm handoff` only writes it, to .omcm/handoff/context.md); `omcm handoff --back` and then /omcm:resume bring back what came of it. Change nothing meanwhile.';
