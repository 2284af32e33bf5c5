/** For whoever looks on: the dashboard, and how things stand while somebody watches. */
import { pickLocale } from '../../core/config/pick-locale.ts';
import type { DaemonServices } from '../api/daemon-services.ts';
import { createDashboard, type Dashboard } from '../dashboard/listener.ts';
import type { Ground } from '../ground.ts';
import type { LeadRescues } from '../native-tools/lead-rescues.ts';
import type { ServerPool } from '../pool/server-pool.ts';
import type { QuotaService } from '../quota/quota-service.ts';
import type { KnownSessions } from '../sessions/known-sessions.ts';
import type { Team } from '../team/join-team.ts';
import type { Records } from '../tracking/keep-records.ts';
import type { LiveFeed } from './live-feed.ts';
import { describeDaemon, describeLivePool, describeQuota, describeTeam } from './read-levels.ts';
import { watchLevels } from './watch-levels.ts';

export type Views = {
  readonly dashboard: Dashboard;
  close(): Promise<void>;
};

export type ViewsParts = {
  readonly feed: LiveFeed;
  readonly pool: Pick<ServerPool, 'status'>;
  readonly records: Pick<Records, 'recorder' | 'savings'>;
  readonly sessions: Pick<KnownSessions, 'countLiving'>;
  readonly quota: Pick<QuotaService, 'status'>;
  /** `null`: this machine does everything itself. */
  readonly team: Pick<Team, 'status'> | null;
  readonly rescues: Pick<LeadRescues, 'list'>;
  readonly pageDir: string;
  readonly services: () => DaemonServices;
};

export function openViews(ground: Ground, parts: ViewsParts): Views {
  const { env, inputs, configOf, now, log, onProblem } = ground;
  const { feed, pool, records, sessions, quota, rescues, team, pageDir, services } = parts;
  const dashboard = createDashboard({
    feed,
    services,
    page: { folder: pageDir, locale: async () => pickLocale((await configOf(undefined)).locale, env) },
    touch: () => services().touch(),
    now,
    log,
  });
  const levels = watchLevels({
    feed,
    read: {
      daemon: async () => {
        const [config, fusion] = await Promise.all([configOf(undefined), inputs.fusion()]);
        const [health, counters] = [services().health(), records.recorder.counters()];
        return describeDaemon({ health, config, fusion, counters, sessions: sessions.countLiving() });
      },
      pool: async () => describeLivePool(pool.status()),
      quota: async () => {
        const [{ routing }, status] = await Promise.all([configOf(undefined), quota.status()]);
        return describeQuota(status, routing.usageThreshold);
      },
      savings: records.savings.days,
      team: async () => describeTeam(team?.status() ?? null),
      rescues: async () => rescues.list(),
    },
    onProblem,
  });
  return {
    dashboard,
    close: async () => {
      levels.stop();
      await dashboard.close();
    },
  };
}
