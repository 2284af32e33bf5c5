/** What the user should hear of, once: whichever client answers for a session first takes it along. */

import { type BudgetEvent, describeBudgetEvent } from '../../core/budget/budget-event.ts';
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { Config } from '../../core/config/schema.ts';
import { describeEvent } from '../../core/fallback/describe-event.ts';
import type { FallbackEvent } from '../../core/fallback/fallback-event.ts';
import { type ConsentQuestion, describeConsent } from '../../core/native-tools/describe-consent.ts';
import { describeUntrusted, type Untrusted } from '../../core/trust/describe-untrusted.ts';
import { formatMoment } from './format-moment.ts';

export type Notices = {
  add(event: FallbackEvent, config: Config): void;
  /** The project brings files that nobody has trusted; told once a folder. */
  addUntrusted(untrusted: Untrusted, config: Config): void;
  /** A vendor to whom nobody has agreed yet; told once for each of a folder. */
  addConsent(question: ConsentQuestion & { readonly directory: string }, config: Config): void;
  addBudget(event: BudgetEvent, config: Config): void;
  take(): string[];
};

/** Who comes back later is told by the status, not of what was. */
const KEPT_MS = 3_600_000;

export function createNotices({
  now,
  env,
}: {
  readonly now: () => number;
  readonly env: NodeJS.ProcessEnv;
}): Notices {
  const told = new Set<string>();
  let waiting: readonly { readonly at: number; readonly text: string }[] = [];
  return {
    add: (event, { notifications, locale, autoHandoff }) => {
      if (notifications.quietMode || (event.type === 'suggested' && !notifications.showOnThreshold)) return;
      const text = describeEvent(event, {
        locale: pickLocale(locale, env),
        formatTime: (at) => formatMoment(at, now()),
        savesByItself: autoHandoff,
      });
      waiting = [...waiting, { at: event.at, text }];
    },
    addUntrusted: (untrusted, { notifications, locale }) => {
      if (notifications.quietMode || told.has(untrusted.directory)) return;
      told.add(untrusted.directory);
      waiting = [...waiting, { at: now(), text: describeUntrusted(untrusted, pickLocale(locale, env)) }];
    },
    addConsent: ({ directory, ...question }, { notifications, locale }) => {
      const key = `${question.provider} ${directory}`;
      if (notifications.quietMode || told.has(key)) return;
      told.add(key);
      waiting = [...waiting, { at: now(), text: describeConsent(question, pickLocale(locale, env)) }];
    },
    addBudget: (event, { notifications, locale }) => {
      if (notifications.quietMode || !notifications.showOnThreshold) return;
      waiting = [...waiting, { at: event.at, text: describeBudgetEvent(event, pickLocale(locale, env)) }];
    },
    take: () => {
      const taken = waiting.filter(({ at }) => now() - at < KEPT_MS).map(({ text }) => text);
      waiting = [];
      return taken;
    },
  };
}
