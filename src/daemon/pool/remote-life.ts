/**
 * The time in which a server on another machine is reached: as long as its event stream holds. What was said while it
 * was broken is not known, so with it the life ends, and the tasks of this life are lost.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { OpencodeClient } from '../../adapters/opencode/serve/connect-client.ts';
import { openEventFeed } from '../../adapters/opencode/serve/event-feed.ts';
import { seesFolder } from '../../adapters/opencode/serve/sees-folder.ts';
import type { Target } from '../../core/routing/decision.ts';
import { type Asked, createConnectedProviders } from './connected-providers.ts';
import type { LeaseWork, SessionKeeper } from './server-pool.ts';
import type { Serving } from './task-desk.ts';

export type RemoteLife = Serving & {
  /** Answers within a time limit; `false` also where the server does not say. */
  canDo(work: LeaseWork): Promise<boolean>;
  sees(directory: string): Promise<boolean>;
  providers: ReturnType<typeof createConnectedProviders>['latest'];
  end(why: string): void;
};

export type RemoteLifeOptions = {
  readonly place: string;
  readonly lifeId: string;
  readonly client: OpencodeClient;
  readonly sessions: SessionKeeper;
  readonly now: () => number;
  readonly onBroken: (why: string) => void;
};

const FEED_TIMEOUT_MS = 5_000;
/** A folder that is new to an OpenCode server takes it some two seconds, and more on a machine with much to do. */
const LOOK_TIMEOUT_MS = 30_000;
/** A task does not wait longer for it: a server of ours takes that one, and the remote the next. */
const TASK_WAIT_MS = 5_000;
/** A folder may be mounted later. */
const LOOK_AGAIN_MS = 60_000;

/** Rejects with a `Failure` where the server gives no events. */
export async function beginRemoteLife(options: RemoteLifeOptions): Promise<RemoteLife> {
  const { place, lifeId, client, sessions, now } = options;
  let seen: Asked | null = null;
  const providers = createConnectedProviders(now, () => seen);
  let begun = false;
  const feed = await openEventFeed(client, {
    timeoutMs: FEED_TIMEOUT_MS,
    onBroken: (why) => {
      if (begun) options.onBroken(why);
    },
  });
  begun = true;
  let end: (why: string) => void = () => undefined;
  const exited = new Promise<string>((resolve) => {
    end = (why) => {
      feed.close();
      resolve(why);
    };
  });
  const sees = rememberLooks(now, async (directory) => {
    if (!(await seesFolder(client, directory, AbortSignal.timeout(LOOK_TIMEOUT_MS)))) return false;
    seen = { client, directory };
    if (providers.latest() === null) await providers.refresh(seen);
    return true;
  });
  return {
    place,
    lifeId,
    host: { client, feed, exited },
    sessions,
    sees,
    providers: providers.latest,
    canDo: async ({ directory, target }) => {
      const isSeen = await Promise.race([sees(directory), sleep(TASK_WAIT_MS, false, { ref: false })]);
      return isSeen && hasModel(providers.latest(), target);
    },
    end: (why) => end(why),
  };
}

function hasModel(
  providers: ReturnType<RemoteLife['providers']>,
  { opencodeProvider, model }: Target,
): boolean {
  return providers?.some(({ id, models }) => id === opencodeProvider && models.includes(model)) ?? false;
}

/** What was seen is so for this life; what was not is looked for again after a while. */
function rememberLooks(now: () => number, look: (directory: string) => Promise<boolean>): RemoteLife['sees'] {
  const looks = new Map<string, { readonly at: number; readonly found: Promise<boolean> }>();
  return async (directory) => {
    const known = looks.get(directory);
    if (known !== undefined && (now() - known.at < LOOK_AGAIN_MS || (await known.found))) return known.found;
    const found = look(directory).catch(() => false);
    looks.set(directory, { at: now(), found });
    return found;
  };
}
