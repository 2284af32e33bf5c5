// What a person should hear of a budget while it is being spent, in one short line.

import type { Locale } from '../config/pick-locale.ts';
import type { Budgets } from './budgets.ts';

/** Of what a person hears while it is being spent. */
export const TOLD_SCOPES = ['day', 'session', 'teamDay', 'teamMonth'] as const;
export type ToldScope = (typeof TOLD_SCOPES)[number];

export type BudgetEvent = {
  readonly type: 'budget-near' | 'budget-spent';
  readonly at: number;
  readonly scope: ToldScope;
  readonly percent: number;
  readonly limit: number;
  readonly onExceeded: Budgets['onExceeded'];
};

/** `null`: there is no such budget, or it is far from being spent. */
export function findBudgetEvent(
  scope: BudgetEvent['scope'],
  used: number,
  budgets: Budgets,
): Omit<BudgetEvent, 'at'> | null {
  const { [scope]: limit, warnAt, onExceeded } = budgets;
  if (limit === null) return null;
  const percent = Math.floor((used / limit) * 100);
  if (percent < Math.min(warnAt, 100)) return null;
  return { type: percent < 100 ? 'budget-near' : 'budget-spent', scope, percent, limit, onExceeded };
}

const SPANS: Readonly<Record<Locale, Readonly<Record<ToldScope, string>>>> = {
  en: {
    day: 'today',
    session: 'this session',
    teamDay: 'your team for today',
    teamMonth: 'your team for this month',
  },
  ko: { day: '오늘', session: '이 세션', teamDay: '팀의 오늘', teamMonth: '팀의 이번 달' },
};

type Words = Readonly<Record<BudgetEvent['type'], (event: BudgetEvent) => string>>;

const WORDS: Readonly<Record<Locale, Words>> = {
  en: {
    'budget-near': ({ scope, percent, limit }) =>
      `OMCM: ${percent} % of the budget of ${SPANS.en[scope]} (${limit} tokens) is used; see \`omcm budget\`.`,
    'budget-spent': ({ scope, limit, onExceeded }) =>
      `OMCM: the budget of ${SPANS.en[scope]} (${limit} tokens) is spent: subagents ${onExceeded === 'claude' ? 'stay on Claude' : 'are answered by nobody'}; see \`omcm budget\`.`,
  },
  ko: {
    'budget-near': ({ scope, percent, limit }) =>
      `OMCM: ${SPANS.ko[scope]} 예산(${limit} 토큰)의 ${percent}%를 썼습니다. \`omcm budget\`을 보세요.`,
    'budget-spent': ({ scope, limit, onExceeded }) =>
      `OMCM: ${SPANS.ko[scope]} 예산(${limit} 토큰)을 다 썼습니다. 서브에이전트는 ${onExceeded === 'claude' ? 'Claude에 남습니다' : '아무도 답하지 않습니다'}. \`omcm budget\`을 보세요.`,
  },
};

export function describeBudgetEvent(event: BudgetEvent, locale: Locale): string {
  return WORDS[locale][event.type](event);
}
