/** Tells the team what tasks have used here, and knows what all have used. What was not counted yet outlives the daemon. */
import { z } from 'zod';
import type { SpentBoard } from '../../adapters/bullmq/spent-board.ts';
import { readJsonObject } from '../../adapters/files/read-json-object.ts';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import type { TeamUsed } from '../../core/budget/judge-forecast.ts';
import { type PendingUse, type TeamTotals, usedByTeam } from '../../core/sharing/team-spending.ts';

export type SharedSpending = {
  /** What an earlier daemon could not tell. */
  start(): Promise<void>;
  add(task: string, tokens: number): void;
  used(): TeamUsed;
  sync(): Promise<void>;
  /** Writes what is not on disk yet. */
  flush(): Promise<void>;
};

export type SharedSpendingParts = {
  readonly board: SpentBoard;
  readonly file: string;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** Redis was away for long: what is older counts for nobody any more. */
const MOST_PENDING = 10_000;
const pendingSchema = z.array(
  z.object({ task: z.string().min(1).max(256), tokens: z.number().min(0), endedAt: z.number() }),
);

export function shareSpending({ board, file, now, onProblem }: SharedSpendingParts): SharedSpending {
  let pending: readonly PendingUse[] = [];
  let totals: TeamTotals | null = null;
  let heardAt = now();
  let writing: Promise<void> = Promise.resolve();

  const keep = (next: readonly PendingUse[]) => {
    if (next.length > MOST_PENDING)
      onProblem(
        'team-spending-lost',
        `Redis was away for long: the oldest of ${next.length} tasks do not count.`,
      );
    pending = next.slice(-MOST_PENDING);
    const text = `${JSON.stringify({ pending })}\n`;
    writing = writing
      .then(() => writePrivateFile(file, text))
      .catch((error: unknown) => onProblem('team-spending-not-kept', String(error)));
  };

  return {
    start: async () => {
      const read = await readJsonObject(file);
      if (read.kind !== 'ok') return;
      pending = [...(pendingSchema.safeParse(read.raw.pending).data ?? []), ...pending];
    },
    add: (task, tokens) => keep([...pending, { task, tokens, endedAt: now() }]),
    used: () => usedByTeam({ totals, heardAt, pending }, now()),
    sync: async () => {
      const told = pending;
      totals = await board.exchange(told, now());
      heardAt = now();
      if (told.length > 0) keep(pending.filter((one) => !told.includes(one)));
    },
    flush: () => writing,
  };
}
