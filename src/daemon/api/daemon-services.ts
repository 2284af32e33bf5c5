/** What the HTTP interface can ask of the daemon. */

import type { RenderedMetrics } from '../../adapters/prometheus/render-families.ts';
import type { BudgetCheck } from '../../core/budget/judge-forecast.ts';
import type { Failure } from '../../core/delegation/failure.ts';
import type { MetricFamily } from '../../core/metrics/metric-family.ts';
import type { ExplainedRoute } from '../../core/routing/decide-route.ts';
import type { AskCheck, ParsedAskRequest } from '../../protocol/ask.ts';
import type { BudgetStatus } from '../../protocol/budget.ts';
import type { ParsedSaveContext } from '../../protocol/context.ts';
import type { FallbackStatus, ParsedQuotaReport, QuotaReply } from '../../protocol/quota.ts';
import type { ParsedRunRequest } from '../../protocol/run.ts';
import type { ParsedPromptTold, Tidings } from '../../protocol/session-mode.ts';
import type { Stats } from '../../protocol/stats.ts';
import type { Health, ParsedSessionStart, PoolStatus, Providers, Status } from '../../protocol/status.ts';
import type { ParsedPrepareRequest, ParsedRouteRequest, ParsedTaskRequest } from '../../protocol/task.ts';
import type { Admission } from '../budget/admit-run.ts';
import type { Dashboard } from '../dashboard/listener.ts';
import type { Asked } from '../delegation/ask-models.ts';
import type { Delegation, DelegationManner } from '../delegation/delegate-task.ts';
import type { RunningTask } from '../delegation/running-task.ts';
import type { AskedLine } from '../hud/create-hud.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { Log } from '../log/log.ts';
import type { LeadRescues } from '../native-tools/lead-rescues.ts';
import type { NativeSteps } from '../native-tools/native-steps.ts';
import type { Autopilots } from '../runs/autopilots.ts';
import type { RunList } from '../runs/run-list.ts';
import type { SessionGreeting } from '../sessions/greet-session.ts';
import type { SessionDesk } from '../sessions/session-desk.ts';
import type { Recorder } from '../tracking/recorder.ts';

export type DaemonServices = {
  readonly log: Log;
  readonly recorder: Recorder;
  /** Somebody called: the daemon is not idle. */
  touch(): void;
  health(): Health;
  status(): Promise<Status>;
  providers(): Promise<Providers>;
  startSession(start: ParsedSessionStart): Promise<SessionGreeting>;
  /** What the user of this session should hear of, for whoever can tell him; nobody is given it twice. */
  takeNotices(sessionId: string | undefined): Promise<string[]>;
  /** What a person has typed that asks for no mode. */
  hearPrompt(sessionId: string, prompt: ParsedPromptTold): Promise<Tidings>;
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
  delegate(request: ParsedTaskRequest, how?: DelegationManner): Promise<Delegation>;
  answerStep: NativeSteps['answer'];
  /** `step`: one of the main conversation that Claude has refused. */
  readonly rescues: Pick<LeadRescues, 'step' | 'status' | 'set'>;
  lastStepOf: NativeSteps['lastStepOf'];
  findTask(id: string): RunningTask | undefined;
  /** One of another machine, too. `false`: it is not known (any more). */
  cancelTask(id: string): boolean;
  readonly sessions: SessionDesk;
  readonly runs: Pick<RunList, 'start' | 'find' | 'list'>;
  readonly autopilots: Autopilots;
  /** What a run would take, and what the budgets say of it. */
  checkRun(request: ParsedRunRequest): Promise<BudgetCheck>;
  admitRun(request: ParsedRunRequest): Promise<Admission>;
  checkAsk(request: ParsedAskRequest): Promise<AskCheck>;
  ask(request: ParsedAskRequest): Promise<Asked>;
  /** What is used, by the budgets that hold in this folder. */
  budget(directory: string | undefined): Promise<BudgetStatus>;
  /** What Claude Code is to show below its prompt, for what it said; `null`: a program has to be run for it. */
  statusLine(said: unknown, look: AskedLine['look']): Promise<string | null>;
  /** With the last so many events. */
  stats(recent: number): Stats;
  metrics(): Promise<readonly MetricFamily[]>;
  renderMetrics(): Promise<RenderedMetrics>;
  /** What goes on, for whoever looks on. */
  readonly live: Pick<LiveFeed, 'read'>;
  readonly dashboard: Pick<Dashboard, 'open'>;
  shutdown(drain: boolean): void;
};
