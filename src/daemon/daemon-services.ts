/** What the HTTP interface can ask of the daemon. */
import type { Failure } from '../core/delegation/failure.ts';
import type { ExplainedRoute } from '../core/routing/decide-route.ts';
import type { ParsedSaveContext } from '../protocol/context.ts';
import type { FallbackStatus, ParsedQuotaReport, QuotaReply } from '../protocol/quota.ts';
import type { Health, ParsedSessionStart, PoolStatus, Providers, Status } from '../protocol/status.ts';
import type { ParsedPrepareRequest, ParsedRouteRequest, ParsedTaskRequest } from '../protocol/task.ts';
import type { Delegation } from './delegate-task.ts';
import type { Log } from './log.ts';
import type { Recorder } from './recorder.ts';
import type { RunList } from './run-list.ts';
import type { RunningTask } from './running-task.ts';

export type DaemonServices = {
  readonly log: Log;
  readonly recorder: Recorder;
  /** Somebody called: the daemon is not idle. */
  touch(): void;
  health(): Health;
  status(): Promise<Status>;
  providers(): Promise<Providers>;
  startSession(start: ParsedSessionStart): Promise<{ readonly notice: string | null }>;
  /** What the user should hear of, for whoever can tell him; nobody is given it twice. */
  takeNotices(): string[];
  takeReading(report: ParsedQuotaReport): Promise<QuotaReply>;
  /** Keeps what a session has decided before its conversation is compacted. */
  saveContext(session: ParsedSaveContext): Promise<void>;
  fallback(): Promise<FallbackStatus>;
  setFallback(set: 'on' | 'off' | 'auto'): Promise<FallbackStatus>;
  warm(directory: string): Promise<Failure | null>;
  scalePool(servers: number): PoolStatus;
  /** `null`: no server has this port. */
  recyclePool(port: number | null): PoolStatus | null;
  route(request: ParsedRouteRequest): Promise<ExplainedRoute>;
  /** Gets ready for a call that is about to be made. */
  prepare(request: ParsedPrepareRequest): Promise<void>;
  delegate(request: ParsedTaskRequest): Promise<Delegation>;
  findTask(id: string): RunningTask | undefined;
  readonly runs: Pick<RunList, 'start' | 'find' | 'list'>;
  shutdown(drain: boolean): void;
};
