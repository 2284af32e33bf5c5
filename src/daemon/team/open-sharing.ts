/** What this machine shares with its team, where that is configured; of the rest nothing is loaded. */
import type { TeamUsed } from '../../core/budget/judge-forecast.ts';
import type { SharingStatus } from '../../protocol/status.ts';
import type { Ground } from '../ground.ts';
import type { Sharing, SharingParts } from './join-sharing.ts';

export type OpenSharing = {
  /** To be called when those who know have read what they knew. */
  start(parts: Pick<SharingParts, 'dispatch' | 'quota'>): Promise<void>;
  /** `undefined`: nothing is shared. */
  status(): SharingStatus | undefined;
  /** Of all machines that count together; `undefined`: this one counts for itself alone. */
  used(): TeamUsed | undefined;
  spent(task: string, tokens: number): void;
  close(): Promise<void>;
};

export function openSharing(ground: Ground): OpenSharing {
  const { env, paths, config, now, log, onProblem } = ground;
  const { budgets, execution } = config;
  let sharing: Sharing | null = null;
  return {
    start: async (parts) => {
      const isLimited = budgets.teamDay !== null || budgets.teamMonth !== null;
      if (isLimited && !execution.share.includes('budgets'))
        onProblem('team-budget-alone', 'budgets.teamDay and teamMonth need budgets in execution.share.');
      if (execution.share.length === 0) return;
      const { joinSharing } = await import('./join-sharing.ts');
      const { stateDir } = paths;
      const own = { config: execution, secrets: env, stateDir, now, log, onProblem };
      sharing = await joinSharing({ ...own, ...parts });
    },
    status: () => sharing?.status(),
    used: () => sharing?.used(),
    spent: (task, tokens) => sharing?.spent(task, tokens),
    close: async () => {
      await sharing?.close();
    },
  };
}
