/** Is a worker understood by the schedulers that are there now? Asked again as long as it works: they come and go. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Team } from '../adapters/bullmq/team.ts';
import { judgeSpeakers, type Understanding } from '../core/dispatch/judge-speakers.ts';
import { QUEUE_PROTOCOL, type SchedulerPresence } from '../protocol/queue.ts';

export type SchedulerWatch = {
  /** Once for each that is there and speaks another protocol, while others speak ours. */
  readonly onStranger: (scheduler: SchedulerPresence) => void;
};

export type AskSchedulers = () => Promise<Refusal | null>;

export type Refusal = Omit<Extract<Understanding, { kind: 'strange' }>, 'kind'>;

/** `null`: it may go on. */
export function createAskSchedulers(
  { schedulers }: Pick<Team, 'schedulers'>,
  { onStranger }: SchedulerWatch,
): AskSchedulers {
  const told = new Set<string>();
  return async () => {
    const there = await schedulers.list();
    const understanding = judgeSpeakers(QUEUE_PROTOCOL, there);
    if (understanding.kind === 'strange') return understanding;
    for (const one of there) {
      if (one.protocol === QUEUE_PROTOCOL || told.has(one.id)) continue;
      told.add(one.id);
      onStranger(one);
    }
    return null;
  };
}

export type Asking = {
  readonly everyMs: number;
  /** Resolves when nobody wants to know any more. */
  readonly drain: Promise<void>;
  readonly onProblem: (message: string) => void;
};

/** Whatever is wrong with Redis: asked again until it answers. */
export async function askUntilAnswered(
  ask: AskSchedulers,
  { everyMs, drain, onProblem }: Asking,
): Promise<Refusal | 'leaving' | null> {
  const leaving = drain.then(() => 'leaving' as const);
  for (;;) {
    try {
      return await Promise.race([ask(), leaving]);
    } catch (error) {
      onProblem(String(error));
    }
    if ((await Promise.race([sleep(everyMs), leaving])) === 'leaving') return 'leaving';
  }
}
