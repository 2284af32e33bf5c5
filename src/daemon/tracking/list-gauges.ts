/** How the daemon stands right now, in Prometheus' words: its status, and what the system says of its process. */
import { daemonUp } from '../../core/metrics/daemon-up.ts';
import type { Labels, MetricFamily, Sample } from '../../core/metrics/metric-family.ts';
import type { FallbackStatus } from '../../protocol/quota.ts';
import type {
  PoolStatus,
  RestingStatus,
  SharingStatus,
  Status,
  TeamStatus,
  TeamWorker,
} from '../../protocol/status.ts';

export type ProcessUse = {
  readonly cpuSeconds: number;
  readonly residentBytes: number;
  readonly heapBytes: number;
};

/** Told also where there are none, so that an alert on them has something to look at. */
const SERVER_STATES = ['starting', 'ready', 'draining', 'stopping', 'failed', 'given-up'] as const;
const WINDOWS = { fiveHour: 'five_hour', weekly: 'weekly' } as const;

export function listGauges(status: Status, use: ProcessUse): readonly MetricFamily[] {
  const { opencode, fallback, resting = [] } = status;
  return [
    daemonUp(true),
    gauge('omcm_build_info', 'The version of the daemon.', one(1, { version: status.version })),
    gauge('omcm_tasks_running', 'Routed tasks that run or wait.', one(status.tasks.running)),
    gauge('omcm_tasks_waiting', 'Tasks without a server.', one(opencode.waiting)),
    gauge('omcm_servers', 'OpenCode servers, by their state.', serversOf(opencode)),
    gauge('omcm_server_memory_bytes', 'Memory of our own OpenCode servers.', one(memoryOf(opencode))),
    gauge('omcm_sessions', 'Sessions of Claude Code that live.', one(status.sessions)),
    gauge('omcm_targets_resting', 'Models and providers put aside after failures.', one(resting.length)),
    ...(status.sharing === undefined ? [] : sharingGauges(status.sharing, resting)),
    gauge(
      'omcm_config_problems',
      'Settings that are wrong, and so ignored.',
      one(status.configProblems.length),
    ),
    counter(
      'omcm_failed_open_total',
      'Calls that went to Claude because something of ours could not be used.',
      status.tasks.failedOpen,
    ),
    ...(fallback === undefined ? [] : quotaGauges(fallback)),
    ...redisGauges(status),
    ...(status.team === undefined ? [] : teamGauges(status.team)),
    gauge(
      'process_start_time_seconds',
      'When the daemon started, in unix time.',
      one(status.startedAt / 1_000),
    ),
    counter('process_cpu_seconds_total', 'Processor time of the daemon, user and system.', use.cpuSeconds),
    gauge('process_resident_memory_bytes', "The daemon's memory.", one(use.residentBytes)),
    gauge('nodejs_heap_size_used_bytes', "The daemon's heap in use.", one(use.heapBytes)),
  ];
}

function redisGauges({ team, sharing }: Status): readonly MetricFamily[] {
  const told = [team, sharing].flatMap((one) => (one === undefined ? [] : [one.redis]));
  if (told.length === 0) return [];
  const isUp = told.every((redis) => redis === 'answers');
  return [gauge('omcm_redis_up', "Whether the team's Redis answers.", one(isUp ? 1 : 0))];
}

function sharingGauges({ used }: SharingStatus, resting: readonly RestingStatus[]): readonly MetricFamily[] {
  const told = resting.filter(({ from }) => from !== undefined);
  const help = 'Models and providers put aside because another machine of the team has told of it.';
  const spent = (['day', 'month'] as const).map((period) => ({
    labels: { period },
    value: used?.[period] ?? 0,
  }));
  return [
    gauge('omcm_targets_resting_as_told', help, one(told.length)),
    ...(used === undefined
      ? []
      : [gauge('omcm_team_tokens_used', 'Tokens that all machines of the team have used.', spent)]),
  ];
}

/** By host and no more: a worker's id is another one at each start. */
function teamGauges({ workers: all, queued, protocol }: TeamStatus): readonly MetricFamily[] {
  const workers = all.filter((worker) => worker.protocol === protocol);
  const hosts = [...new Set(workers.map(({ host }) => host))];
  const sumOf = (host: string, of: (worker: TeamWorker) => number) =>
    workers.filter((worker) => worker.host === host).reduce((sum, worker) => sum + of(worker), 0);
  const byHost = (of: (worker: TeamWorker) => number) =>
    hosts.map((host) => ({ labels: { host }, value: sumOf(host, of) }));
  return [
    gauge(
      'omcm_workers',
      'Workers of the team that are there.',
      byHost(() => 1),
    ),
    gauge(
      'omcm_workers_of_another_protocol',
      'Workers that are given nothing before one side is updated.',
      one(all.length - workers.length),
    ),
    gauge(
      'omcm_worker_slots',
      'Tasks that they take at once.',
      byHost(({ concurrency }) => concurrency),
    ),
    gauge(
      'omcm_worker_tasks_running',
      'Tasks that they work on.',
      byHost(({ running }) => running),
    ),
    gauge('omcm_queue_tasks', 'Tasks of the team in its queues.', [
      { labels: { state: 'waiting' }, value: queued.waiting },
      { labels: { state: 'running' }, value: queued.running },
    ]),
  ];
}

/** A reading that says nothing any more is left out: a gauge that is absent cannot be taken for true. */
function quotaGauges({ active, threshold, readings }: FallbackStatus): readonly MetricFamily[] {
  const current = readings.filter((reading) => reading.current);
  const labels = ({ window }: (typeof readings)[number]) => ({ window: WINDOWS[window] });
  return [
    gauge(
      'omcm_fallback_active',
      'Whether every agent is routed because Claude is out.',
      one(active ? 1 : 0),
    ),
    gauge('omcm_quota_threshold_ratio', 'From here on the fallback is on.', one(threshold / 100)),
    gauge(
      'omcm_quota_used_ratio',
      'How much of a window of Claude is spent.',
      current.map((reading) => ({ labels: labels(reading), value: reading.percent / 100 })),
    ),
    gauge(
      'omcm_quota_reset_timestamp_seconds',
      'When a window begins anew, in unix time.',
      current.flatMap((reading) =>
        reading.resetsAt === null ? [] : [{ labels: labels(reading), value: reading.resetsAt / 1_000 }],
      ),
    ),
    gauge(
      'omcm_quota_read_timestamp_seconds',
      'When a window was last read, in unix time.',
      current.map((reading) => ({ labels: labels(reading), value: reading.readAt / 1_000 })),
    ),
  ];
}

function serversOf({ servers }: PoolStatus): readonly Sample[] {
  return SERVER_STATES.map((state) => ({
    labels: { state },
    value: servers.filter((server) => server.state === state).length,
  }));
}

function memoryOf({ servers }: PoolStatus): number {
  return servers.reduce((sum, { rssBytes }) => sum + (rssBytes ?? 0), 0);
}

function one(value: number, labels: Labels = {}): readonly Sample[] {
  return [{ labels, value }];
}

function gauge(name: string, help: string, samples: readonly Sample[]): MetricFamily {
  return { name, help, type: 'gauge', samples };
}

function counter(name: string, help: string, value: number): MetricFamily {
  return { name, help, type: 'counter', samples: one(value) };
}
