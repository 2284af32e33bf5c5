/** What this machine knows is shared with its team. Loaded only where that is configured: what speaks to Redis is heavy. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Redis } from 'ioredis';
import { createCircuitBoard } from '../../adapters/bullmq/circuit-board.ts';
import { connectRedis } from '../../adapters/bullmq/connect-redis.ts';
import { keysOf } from '../../adapters/bullmq/names.ts';
import { describeRedisTrouble, type RedisTrouble } from '../../adapters/bullmq/redis-trouble.ts';
import { createSpentBoard } from '../../adapters/bullmq/spent-board.ts';
import { readRedisAddress } from '../../adapters/files/read-redis-address.ts';
import type { TeamUsed } from '../../core/budget/judge-forecast.ts';
import type { Config } from '../../core/config/schema.ts';
import { toCanonicalProvider } from '../../core/routing/provider-name.ts';
import type { ToldCircuit } from '../../core/sharing/adopt-circuits.ts';
import type { SharingStatus } from '../../protocol/status.ts';
import type { Dispatch } from '../delegation/create-dispatch.ts';
import type { Log } from '../log/log.ts';
import type { QuotaService } from '../quota/quota-service.ts';
import { shareCircuits } from './share-circuits.ts';
import { type SharedSpending, shareSpending } from './share-spending.ts';
import { createSyncLoop } from './sync-loop.ts';

export type Sharing = {
  status(): SharingStatus;
  /** Of all machines that count together; `undefined`: budgets are not shared. */
  used(): TeamUsed | undefined;
  spent(task: string, tokens: number): void;
  close(): Promise<void>;
};

export type SharingParts = {
  readonly config: Config['execution'];
  /** Holds the address of the Redis. */
  readonly secrets: NodeJS.ProcessEnv;
  readonly stateDir: string;
  readonly dispatch: Pick<Dispatch, 'share'>;
  readonly quota: Pick<QuotaService, 'recordRefusal'>;
  readonly now: () => number;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

/** Changes of circuits are told at once; this is for what was not heard, and for what is used. */
const LOOK_MS = 5_000;

/** `null`: nobody says where Redis is; then this machine goes by what it finds out itself. */
export async function joinSharing(parts: SharingParts): Promise<Sharing | null> {
  const { config, log, onProblem } = parts;
  const { share, namespace, teamAccounts: accounts } = config;
  const read = await readRedisAddress(config, parts.secrets);
  if (!read.ok) {
    onProblem('redis-not-configured', read.message);
    return null;
  }
  const id = randomUUID();
  const onState = (trouble: RedisTrouble | null) => {
    if (trouble !== null) {
      onProblem(trouble.code, describeRedisTrouble(trouble, 'this machine goes on with what it knows'));
      return;
    }
    log.info({ namespace, share }, 'shared with the team');
    circuits?.tellAgain();
    loop.nudge();
  };
  const { redis, close } = connectRedis(read.address, onState, { manner: 'at-once' });
  const circuits = share.includes('circuits')
    ? joinCircuits(parts, { redis, id, nudge: () => loop.nudge() })
    : null;
  const spending = share.includes('budgets') ? joinSpending(parts, redis) : null;
  const loop = createSyncLoop(async () => {
    if (redis.status !== 'ready') return;
    await Promise.all([circuits?.sync(), spending?.sync()]);
  }, LOOK_MS);
  const listening = connectRedis(read.address, () => undefined);
  listening.redis.on('message', (_: string, who: string) => {
    if (who !== id) loop.nudge();
  });
  void listening.redis.subscribe(keysOf(namespace).news).catch(() => undefined);
  await spending?.start();

  return {
    status: () => ({
      redis: redis.status === 'ready' ? 'answers' : 'lost',
      namespace,
      what: [...share],
      accounts: [...accounts],
      ...(spending === null ? {} : { used: spending.used() }),
    }),
    used: () => spending?.used(),
    spent: (task, tokens) => {
      spending?.add(task, tokens);
      loop.nudge();
    },
    close: async () => {
      // What has just ended is told, if somebody answers.
      await loop.end();
      await Promise.all([close(), listening.close(), spending?.flush()]);
    },
  };
}

type Joined = { readonly redis: Redis; readonly id: string; readonly nudge: () => void };

function joinCircuits({ config, dispatch, quota, now, log }: SharingParts, { redis, id, nudge }: Joined) {
  const board = createCircuitBoard(redis, config.namespace, { id, host: hostname() });
  const link = dispatch.share(config.teamAccounts, (news) => {
    circuits.tell(news);
    nudge();
  });
  const onHeard = (told: ToldCircuit) => {
    log.info(told, 'told by the team');
    if (told.code !== 'provider-unavailable') void quota.recordRefusal(refusalOf(told, now()));
  };
  const circuits = shareCircuits({ board, adopt: link.adopt, onHeard, now });
  return { sync: circuits.sync, tellAgain: () => circuits.tell(link.list()) };
}

function joinSpending(parts: SharingParts, redis: Redis): SharedSpending {
  const { config, stateDir, now, onProblem } = parts;
  const board = createSpentBoard(redis, config.namespace);
  return shareSpending({ board, file: join(stateDir, 'team-spending.json'), now, onProblem });
}

/** For people and other tools, in the file where they look for it. */
function refusalOf({ key, code, until }: ToldCircuit, now: number) {
  const provider = toCanonicalProvider(key.slice(0, key.indexOf('/')));
  return { provider, code, retryAfterMs: Math.max(0, until - now) };
}
