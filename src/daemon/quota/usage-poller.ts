/** Asks Claude's usage page now and then, where the user has allowed it and somebody is at work. */
import type { UsagePage } from '../../adapters/claude-code/read-usage-page.ts';
import { FIRST_POLL, nextUsagePoll } from '../../core/quota/next-usage-poll.ts';
import type { QuotaReadings } from '../../core/quota/reading.ts';
import { toReadings } from '../../core/quota/to-readings.ts';
import type { Log } from '../log/log.ts';

export type UsagePoller = {
  start(): void;
  stop(): void;
  look(): Promise<void>;
  /** Somebody has begun to work: whatever is due is asked now, and nobody waits for it. */
  nudge(): void;
};

export type PollerOptions = {
  readonly isWanted: () => Promise<boolean>;
  readonly read: (now: number) => Promise<UsagePage>;
  readonly take: (readings: QuotaReadings) => Promise<void>;
  readonly now: () => number;
  readonly log: Log;
};

const LOOK_MS = 30_000;

export function createUsagePoller({ isWanted, read, take, now, log }: PollerOptions): UsagePoller {
  let state = FIRST_POLL;
  let timer: NodeJS.Timeout | null = null;
  let asking: Promise<void> | null = null;
  const ask = async () => {
    const askedAt = now();
    if (askedAt < state.dueAt || !(await isWanted())) return;
    const page = await read(askedAt);
    state = nextUsagePoll(state, page, now());
    log.info({ ...page, dueAt: state.dueAt }, 'usage page asked');
    if (page.kind === 'read')
      await take(toReadings(page.windows, { readAt: askedAt, source: 'usage-endpoint' }));
  };
  const look = () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
  const nudge = () => {
    look().catch((error: unknown) => log.warn({ error: String(error) }, 'usage page not asked'));
  };
  return {
    start: () => {
      timer ??= setInterval(nudge, LOOK_MS).unref();
    },
    stop: () => {
      if (timer !== null) clearInterval(timer);
    },
    look,
    nudge,
  };
}
