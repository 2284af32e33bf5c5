/** Remembers the readings of both windows, and how far the pace has shifted the cheap roles. */
import { advancePace, NO_PACE } from '../../core/quota/advance-pace.ts';
import { type Projection, projectSpending } from '../../core/quota/project-spending.ts';
import {
  QUOTA_WINDOWS,
  type QuotaReadings,
  type QuotaWindow,
  type WindowReading,
} from '../../core/quota/reading.ts';
import type { Pace } from '../../core/routing/steps.ts';

export type PaceNow = Pace & Pick<Projection, 'spentAt'>;

export type PaceKeeper = {
  /** `null`: nothing can be said yet. */
  look(quota: QuotaReadings, now: number): PaceNow | null;
};

/** A reading each few minutes, for as long as the pace looks back. */
const KEPT_READINGS = 500;

/** After a restart the pace since the window began is known at once, that of late only by and by. */
export function createPaceKeeper(): PaceKeeper {
  const histories = new Map<QuotaWindow, readonly WindowReading[]>();
  let state = NO_PACE;

  const remember = (window: QuotaWindow, reading: WindowReading | null): readonly WindowReading[] => {
    const history = histories.get(window) ?? [];
    if (reading === null || reading.readAt === history.at(-1)?.readAt) return history;
    const longer = [...history, reading].slice(-KEPT_READINGS);
    histories.set(window, longer);
    return longer;
  };

  return {
    look: (quota, now) => {
      const projections = QUOTA_WINDOWS.flatMap(
        (window) => projectSpending(remember(window, quota[window]), window, now) ?? [],
      );
      const [tightest] = projections.sort((a, b) => b.percentAtReset - a.percentAtReset);
      state = advancePace(state, tightest?.percentAtReset ?? null, now);
      return tightest === undefined ? null : { level: state.level, ...tightest };
    },
  };
}
