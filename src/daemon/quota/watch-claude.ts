/** How much of Claude is spent, from every place that says so, and what its user is to hear of that. */
import { dirname } from 'node:path';
import { readUsagePage } from '../../adapters/claude-code/read-usage-page.ts';
import type { Ground } from '../ground.ts';
import type { Hud } from '../hud/create-hud.ts';
import { createHandoffTips, type HandoffTips } from '../sessions/handoff-tips.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';
import { createNotices, type Notices } from '../sessions/notices.ts';
import type { DaemonMetrics } from '../tracking/create-metrics.ts';
import { createClaudeUsageFollower } from './claude-usage-follower.ts';
import { createQuotaService, type QuotaService } from './quota-service.ts';
import { createUsagePoller } from './usage-poller.ts';

export type ClaudeWatch = {
  readonly quota: QuotaService;
  readonly notices: Notices;
  readonly tips: HandoffTips;
  /** What the user of this session should hear of; nobody is given it twice. */
  takeNotices(sessionId: string | undefined): Promise<string[]>;
  /** Reads what this session spends, where its transcript lies. */
  follow(sessionId: string | undefined, claudeDir?: string): void;
  /** A session has begun: how full the windows are is asked for soon. */
  nudge(): void;
  start(): void;
  /** No more is asked for. What was read is kept by `flush`. */
  stop(): void;
  flush(): Promise<void>;
};

export type ClaudeWatchParts = {
  readonly sessions: Pick<KnownSessions, 'get' | 'countLiving'>;
  readonly metrics: Pick<DaemonMetrics, 'claudeHadSpent' | 'claudeSpent'>;
  readonly hud: () => Pick<Hud, 'claudeSpent'>;
};

export function watchClaude(ground: Ground, { sessions, metrics, hud }: ClaudeWatchParts): ClaudeWatch {
  const { paths, env, inputs, configOf, now, log, onProblem } = ground;
  const claudeDir = dirname(paths.claudeCredentialsFile);
  const transcripts = createClaudeUsageFollower({
    file: paths.claudeUsageFile,
    now,
    onKnown: (messages) => {
      metrics.claudeHadSpent(messages);
      hud().claudeSpent(messages);
    },
    onMessages: (messages) => {
      metrics.claudeSpent(messages);
      hud().claudeSpent(messages);
    },
    onProblem,
  });
  const notices = createNotices({ now, env });
  const quota = createQuotaService({ paths, inputs, notices, now, log, onProblem });
  const tips = createHandoffTips({
    paths,
    config: configOf,
    readings: async () => (await quota.now()).readings,
    env,
    now,
    onProblem,
  });
  const usagePage = createUsagePoller({
    isWanted: async () => sessions.countLiving() > 0 && (await configOf(undefined)).quota.oauthUsage,
    read: (at) => readUsagePage({ credentialsFile: paths.claudeCredentialsFile, now: at }),
    take: quota.takeReadings,
    now,
    log,
  });
  return {
    quota,
    notices,
    tips,
    takeNotices: async (sessionId) => {
      const tip = await tips.byUsage(sessionId);
      return [...notices.take(), ...(tip === null ? [] : [tip])];
    },
    follow: (sessionId, dir) => {
      const known = sessionId === undefined ? undefined : sessions.get(sessionId)?.claudeDir;
      transcripts.follow(sessionId, dir ?? known ?? claudeDir);
    },
    nudge: usagePage.nudge,
    start: () => {
      quota.start();
      usagePage.start();
    },
    stop: usagePage.stop,
    flush: async () => {
      await quota.stop();
      await transcripts.stop();
    },
  };
}
