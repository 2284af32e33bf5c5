/**
 * Claude's quota and the fallback: takes the readings that clients bring, keeps them in provider-limits.json, and
 * the fallback's state in fallback-state.json. Both are read again when another tool has written them.
 *
 *   a reading ─▶ merged, written ─┐
 *   a decision, a tick ───────────┼─▶ advance the machine ─▶ state written ─▶ events: log, notices
 *   a person's hand ──────────────┘
 */
import { type FallbackRecord, fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { updateStateFile } from '../../adapters/files/state-file.ts';
import type { Config } from '../../core/config/schema.ts';
import {
  advanceFallback,
  type FallbackRules,
  type FallbackStep,
  setManual,
} from '../../core/fallback/advance-fallback.ts';
import { describeFallback } from '../../core/fallback/describe-fallback.ts';
import type { FallbackEvent } from '../../core/fallback/fallback-event.ts';
import { isActive } from '../../core/fallback/fallback-state.ts';
import { mergeReadings } from '../../core/quota/merge-readings.ts';
import { NO_READINGS, type QuotaReadings } from '../../core/quota/reading.ts';
import { parseTarget } from '../../core/routing/list-targets.ts';
import type { FallbackSwitch } from '../../core/routing/steps.ts';
import type { FallbackStatus, ParsedQuotaReport, QuotaReply } from '../../protocol/quota.ts';
import type { Log } from '../log/log.ts';
import type { RoutingInputs } from '../routing/routing-inputs.ts';
import type { Notices } from '../sessions/notices.ts';
import { createPaceKeeper, type PaceNow } from './pace-keeper.ts';
import { createReportReader } from './read-quota-report.ts';

export type QuotaNow = {
  readonly readings: QuotaReadings;
  readonly fallback: FallbackSwitch;
  readonly pace: PaceNow | null;
};

export type ProviderRefusal = {
  /** Canonical: `openai`, `gemini`, … */
  readonly provider: string;
  readonly code: string;
  readonly retryAfterMs?: number | undefined;
};

export type QuotaService = {
  start(): void;
  stop(): Promise<void>;
  take(report: ParsedQuotaReport): Promise<Pick<QuotaReply, 'fallbackActive'>>;
  /** Readings that the daemon has fetched itself. */
  takeReadings(readings: QuotaReadings): Promise<void>;
  /** A provider has refused a task: written down for people and other tools. Its circuit is not ours. */
  recordRefusal(refusal: ProviderRefusal): Promise<void>;
  now(): Promise<QuotaNow>;
  set(set: 'on' | 'off' | 'auto'): Promise<FallbackStatus>;
  status(): Promise<FallbackStatus>;
};

export type QuotaOptions = {
  readonly paths: Paths;
  readonly inputs: RoutingInputs;
  readonly notices: Notices;
  readonly now: () => number;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

/** A window that resets while nothing is asked is noticed this late at most. */
const TICK_MS = 5_000;

export function createQuotaService(options: QuotaOptions): QuotaService {
  const { paths, inputs, notices, now, log, onProblem } = options;
  const readReport = createReportReader(now);
  const paces = createPaceKeeper();
  /** What a file would not take; it counts until it does. */
  let unwrittenReadings = NO_READINGS;
  let unwrittenRecord: FallbackRecord | null = null;
  const failing = new Set<string>();
  let turn: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout | null = null;

  /** One at a time: what is read must not be older than what the one before has written. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const written = (what: string, problem: string | null): boolean => {
    // Once for each time that the trouble begins, and not with every try.
    if (problem !== null && !failing.has(what)) onProblem(what, problem);
    if (problem === null) failing.delete(what);
    else failing.add(what);
    return problem === null;
  };

  const readings = async (): Promise<QuotaReadings> => {
    const { claude } = await inputs.limits();
    return mergeReadings(claude, unwrittenReadings, now());
  };
  const keepReadings = async (told: QuotaReadings): Promise<void> => {
    const all = mergeReadings(unwrittenReadings, told, now());
    const update = await updateStateFile(providerLimitsSpec(paths.providerLimitsFile), (limits) => {
      const before = limits ?? NO_LIMITS;
      return { ...before, claude: mergeReadings(before.claude, all, now()) };
    });
    const problem = update.kind === 'failed' ? update.failure.message : null;
    unwrittenReadings = written('provider-limits', problem) ? NO_READINGS : all;
  };
  const keepRecord = async (record: FallbackRecord): Promise<void> => {
    const update = await updateStateFile(fallbackStateSpec(paths.fallbackStateFile), () => record);
    const problem = update.kind === 'failed' ? update.failure.message : null;
    unwrittenRecord = written('fallback-state', problem) ? null : record;
  };

  type Move = (record: FallbackRecord, quota: QuotaReadings, rules: FallbackRules) => FallbackStep;
  type Seen = {
    readonly record: FallbackRecord;
    readonly quota: QuotaReadings;
    readonly pace: PaceNow | null;
    readonly config: Config;
  };

  const advance = async (move: Move): Promise<Seen> => {
    const [{ config }, read, quota] = await Promise.all([
      inputs.config(undefined),
      unwrittenRecord ?? inputs.fallback(),
      readings(),
    ]);
    const step = move(read, quota, rulesOf(config));
    const record = recordOf(read, step, config);
    if (unwrittenRecord !== null || !isSame(record, read)) await keepRecord(record);
    for (const event of step.events) {
      log.info(event, `fallback: ${event.type}`);
      notices.add(event, config);
    }
    return { record, quota, pace: paces.look(quota, now()), config };
  };
  const look = () =>
    advance(({ state }, quota, rules) => advanceFallback(state, { now: now(), quota }, rules));
  const describe = ({ record, quota, pace, config }: Seen): FallbackStatus => ({
    ...describeFallback({ ...record, quota, config, now: now() }),
    pace: pace && { ...pace, routes: config.routing.pace },
  });

  return {
    start: () => {
      timer ??= setInterval(() => {
        inTurn(look).catch((error: unknown) => onProblem('internal', String(error)));
      }, TICK_MS).unref();
    },
    stop: async () => {
      if (timer !== null) clearInterval(timer);
      await turn;
    },
    take: (report) =>
      inTurn(async () => {
        const told = readReport(report);
        if (told !== null) await keepReadings(told);
        const { record } = await look();
        return { fallbackActive: isActive(record.state) };
      }),
    takeReadings: (told) =>
      inTurn(async () => {
        await keepReadings(told);
        await look();
      }),
    recordRefusal: ({ provider, code, retryAfterMs }) =>
      inTurn(async () => {
        const refusedAt = now();
        const until = retryAfterMs === undefined ? null : refusedAt + retryAfterMs;
        const update = await updateStateFile(providerLimitsSpec(paths.providerLimitsFile), (limits) => {
          const before = limits ?? NO_LIMITS;
          return {
            ...before,
            [provider]: { ...NO_READINGS, ...before[provider], refusal: { code, refusedAt, until } },
          };
        });
        written('provider-limits', update.kind === 'failed' ? update.failure.message : null);
      }),
    now: () =>
      inTurn(async () => {
        const { record, quota, pace } = await look();
        const { state } = record;
        const fallback = { active: isActive(state), heldOff: state.manual?.set === 'off' };
        return { readings: quota, fallback, pace };
      }),
    set: (set) => inTurn(async () => describe(await advance(({ state }) => setManual(state, set, now())))),
    status: () => inTurn(async () => describe(await look())),
  };
}

function rulesOf({ threshold, routing, fallback }: Config): FallbackRules {
  return { threshold, suggestAt: routing.usageThreshold, dwellMs: fallback.dwellMinutes * 60_000 };
}

function recordOf(before: FallbackRecord, { state, events }: FallbackStep, config: Config): FallbackRecord {
  if (!isActive(state)) return { ...NO_FALLBACK, state };
  const activation = events.find((event: FallbackEvent) => event.type === 'activated');
  if (activation === undefined) return { ...before, state };
  const { forceModel, chain } = config.fallback;
  const target = parseTarget(forceModel ?? chain[0] ?? '');
  const currentModel = target && { id: target.model, name: target.name };
  return { state, reason: activation.reason, currentModel };
}

/** Whether the file would say the same: that somebody has told us something or not is not in it. */
function isSame(a: FallbackRecord, b: FallbackRecord): boolean {
  const said = ({ state, ...rest }: FallbackRecord) =>
    JSON.stringify({ ...rest, ...state, auto: state.auto.name === 'active' ? state.auto : null });
  return said(a) === said(b);
}
