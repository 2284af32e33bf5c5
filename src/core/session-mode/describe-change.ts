// One short line for the person who typed it.

import type { Locale } from '../config/pick-locale.ts';
import type { SessionMode } from './session-mode.ts';

export type Stopped = {
  readonly mode: SessionMode | null;
  readonly tasks: number;
  readonly runs: number;
};

type Words = {
  readonly started: Readonly<Record<SessionMode, string>>;
  readonly ended: (mode: SessionMode) => string;
  readonly cancelled: (tasks: number, runs: number) => string;
};

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    started: {
      hulw: 'OMCM: hulw is on: other models answer the subagents of this session. `stop` ends it.',
      ulw: 'OMCM: ulw is on: subagents of this session leave Claude as its windows fill. `stop` ends it.',
      autopilot: 'OMCM: autopilot is on: other models answer the subagents of this session. `stop` ends it.',
    },
    ended: (mode) => `OMCM: ${mode} is off.`,
    cancelled: (tasks, runs) =>
      `OMCM: cancelled: ${[count(tasks, 'task'), count(runs, 'run')].filter(Boolean).join(', ')}.`,
  },
  ko: {
    started: {
      hulw: 'OMCM: hulw를 켰습니다. 이 세션의 서브에이전트는 다른 모델이 맡습니다. `중단`으로 끝냅니다.',
      ulw: 'OMCM: ulw를 켰습니다. 이 세션의 서브에이전트는 Claude 사용량에 따라 옮겨집니다. `중단`으로 끝냅니다.',
      autopilot:
        'OMCM: autopilot을 켰습니다. 이 세션의 서브에이전트는 다른 모델이 맡습니다. `중단`으로 끝냅니다.',
    },
    ended: (mode) => `OMCM: ${mode}를 껐습니다.`,
    cancelled: (tasks, runs) =>
      `OMCM: 취소했습니다: ${[tasks > 0 ? `작업 ${tasks}개` : '', runs > 0 ? `실행 ${runs}개` : ''].filter(Boolean).join(', ')}.`,
  },
};

export function describeStart(mode: SessionMode, locale: Locale): string {
  return WORDS[locale].started[mode];
}

/** `null`: nothing was on, so there is nothing to tell. */
export function describeStop({ mode, tasks, runs }: Stopped, locale: Locale): string | null {
  const words = WORDS[locale];
  const told = [
    ...(mode === null ? [] : [words.ended(mode)]),
    ...(tasks + runs === 0 ? [] : [words.cancelled(tasks, runs)]),
  ];
  return told.length === 0 ? null : told.join(' ');
}

function count(number: number, noun: string): string {
  if (number === 0) return '';
  return number === 1 ? `1 ${noun}` : `${number} ${noun}s`;
}
