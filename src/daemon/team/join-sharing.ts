/** What this machine knows is shared with its team. Loaded only where that is configured: what speaks to Redis is heavy. */
import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { createCircuitBoard } from '../../adapters/bullmq/circuit-board.ts';
import { connectRedis } from '../../adapters/bullmq/connect-redis.ts';
import { keysOf } from '../../adapters/bullmq/names.ts';
import { readRedisUrl } from '../../adapters/files/read-redis-url.ts';
import type { Config } from '../../core/config/schema.ts';
import { toCanonicalProvider } from '../../core/routing/provider-name.ts';
import type { ToldCircuit } from '../../core/sharing/adopt-circuits.ts';
import type { SharingStatus } from '../../protocol/status.ts';
import type { Dispatch } from '../delegation/create-dispatch.ts';
import type { Log } from '../log/log.ts';
import type { QuotaService } from '../quota/quota-service.ts';
import { shareCircuits } from './share-circuits.ts';
import { createSyncLoop } from './sync-loop.ts';

export type Sharing = {
  status(): SharingStatus;
  close(): Promise<void>;
};

export type SharingParts = {
  readonly config: Config['execution'];
  /** Holds the address of the Redis. */
  readonly secrets: NodeJS.ProcessEnv;
  readonly dispatch: Pick<Dispatch, 'share'>;
  readonly quota: Pick<QuotaService, 'recordRefusal'>;
  readonly now: () => number;
  readonly log: Log;
  readonly onProblem: (code: string, message: string) => void;
};

/** Changes are told at once; this is for what was not heard. */
const LOOK_MS = 5_000;

/** `null`: nobody says where Redis is; then this machine goes by what it finds out itself. */
export async function joinSharing(parts: SharingParts): Promise<Sharing | null> {
  const { config, dispatch, quota, now, log, onProblem } = parts;
  const { share, namespace, teamAccounts: accounts } = config;
  const read = await readRedisUrl(config, parts.secrets);
  if (!read.ok) {
    onProblem('redis-not-configured', read.message);
    return null;
  }
  const onState = (lost: string | null) => {
    if (lost !== null) {
      onProblem('redis-lost', `Redis does not answer (${lost}); this machine goes on with what it knows.`);
      return;
    }
    log.info({ namespace, share }, 'shared with the team');
    if (share.includes('circuits')) circuits.tell(link.list());
    loop.nudge();
  };
  const connection = connectRedis(read.url, onState, 'at-once');
  const listening = connectRedis(read.url, () => undefined);
  const id = randomUUID();
  const board = createCircuitBoard(connection.redis, namespace, { id, host: hostname() });
  const onHeard = (told: ToldCircuit) => {
    log.info(told, 'told by the team');
    if (told.code !== 'provider-unavailable') void quota.recordRefusal(refusalOf(told, now()));
  };
  const link = dispatch.share(accounts, (news) => {
    circuits.tell(news);
    loop.nudge();
  });
  const circuits = shareCircuits({ board, adopt: link.adopt, onHeard, now });
  const loop = createSyncLoop(async () => {
    if (connection.redis.status === 'ready') await circuits.sync();
  }, LOOK_MS);
  listening.redis.on('message', (_: string, who: string) => {
    if (who !== id) loop.nudge();
  });
  void listening.redis.subscribe(keysOf(namespace).news).catch(() => undefined);

  return {
    status: () => ({
      redis: connection.redis.status === 'ready' ? 'answers' : 'lost',
      namespace,
      what: [...share],
      accounts: [...accounts],
    }),
    close: async () => {
      await Promise.all([connection.close(), listening.close()]);
      await loop.stop();
    },
  };
}

/** For people and other tools, in the file where they look for it. */
function refusalOf({ key, code, until }: ToldCircuit, now: number) {
  const provider = toCanonicalProvider(key.slice(0, key.indexOf('/')));
  return { provider, code, retryAfterMs: Math.max(0, until - now) };
}
