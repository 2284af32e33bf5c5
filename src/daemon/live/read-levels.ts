/** What has a present and no history, put into the words of whoever looks on. */
import type { Config } from '../../core/config/schema.ts';
import type { LiveDaemon, LivePool, LiveQuota, LiveTeam, LiveWorker } from '../../core/live/live-state.ts';
import { modeOf } from '../../core/routing/assemble-input.ts';
import type { FallbackStatus } from '../../protocol/quota.ts';
import type { Health, PoolStatus, TeamStatus, TeamWorker } from '../../protocol/status.ts';
import type { Counters } from '../tracking/recorder.ts';

export type DaemonFacts = {
  readonly health: Health;
  readonly config: Config;
  readonly fusion: { readonly enabled: boolean; readonly mode: string };
  readonly counters: Counters;
  readonly sessions: number;
};

export function describeDaemon({ health, config, fusion, counters, sessions }: DaemonFacts): LiveDaemon {
  const isOn = config.routing.enabled && fusion.enabled;
  const { total, routed, failed, failedOpen } = counters;
  return {
    pid: health.pid,
    version: health.version,
    startedAt: health.startedAt,
    draining: health.state === 'draining',
    mode: isOn ? modeOf(config.mode, fusion.mode) : 'off',
    sessions,
    calls: total,
    routed,
    failed,
    failedOpen,
  };
}

export function describeLivePool({ waiting, outage, sessionsPerServer, servers }: PoolStatus): LivePool {
  return { waiting, outage, sessionsPerServer, servers };
}

export function describeQuota(status: FallbackStatus, warnAt: number): LiveQuota {
  const { active, reason, threshold, readings, pace } = status;
  return {
    fallback: active,
    reason,
    threshold,
    warnAt,
    windows: readings
      .filter(({ current }) => current)
      .map(({ window, percent, resetsAt }) => ({
        window,
        percent,
        resetsAt,
        // To the whole percent: it would be told anew each second otherwise.
        percentAtReset: pace?.window === window ? Math.round(pace.percentAtReset) : null,
      })),
  };
}

/** `null`: this machine does everything itself. */
export function describeTeam(status: TeamStatus | null): LiveTeam {
  if (status === null) return { kind: 'alone' };
  const { namespace, redis, queued, workers, protocol } = status;
  return {
    kind: 'team',
    namespace,
    redisAnswers: redis === 'answers',
    ...queued,
    workers: workers.map((worker) => describeWorker(worker, protocol)),
  };
}

function describeWorker(worker: TeamWorker, ourProtocol: number | undefined): LiveWorker {
  const { id, version, providers, tags, running, concurrency, done, since = null } = worker;
  const state = worker.protocol === ourProtocol ? (worker.draining ? 'draining' : 'working') : 'stranger';
  return { id, version, providers, tags, running, concurrency, done, since, state };
}
