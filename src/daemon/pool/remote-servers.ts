/** Servers on other machines: asked whether they are there, listened to, used. Never started, never stopped. */
import { connectClient, type OpencodeClient } from '../../adapters/opencode/serve/connect-client.ts';
import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import { reachServer } from '../../adapters/opencode/serve/reach-server.ts';
import type { RemoteServer } from '../../core/config/remote-server.ts';
import { toFailure } from '../../core/delegation/failure.ts';
import type { PoolEvent } from '../../core/pool/pool-event.ts';
import { findServer, type PoolState } from '../../core/pool/pool-state.ts';
import type { Log } from '../log/log.ts';
import { createGuestSessions, type GuestSessions } from './guest-sessions.ts';
import { beginRemoteLife, type RemoteLife } from './remote-life.ts';
import type { LeaseWork } from './server-pool.ts';

export type RemoteServers = {
  readonly places: readonly string[];
  urlOf(place: string): string | null;
  find(place: string): RemoteLife | null;
  probe(place: string): Promise<void>;
  /** Ends the lives that the pool no longer counts on. */
  follow(state: PoolState): void;
  /** The places of those that are reached and can do this work. */
  listAble(work: LeaseWork): Promise<readonly string[]>;
  /** Whether one of them sees this folder; the next task there then need not wait for the answer. */
  see(directory: string): Promise<boolean>;
  providers(): readonly ConnectedProvider[] | null;
  leave(): Promise<void>;
};

export type RemoteServersOptions = {
  readonly remotes: readonly RemoteServer[];
  readonly env: NodeJS.ProcessEnv;
  readonly now: () => number;
  readonly log: Log;
};

type Remote = {
  readonly place: string;
  readonly settings: RemoteServer;
  /** `null`: there is no password to come with. */
  readonly client: OpencodeClient | null;
  readonly guests: GuestSessions;
  life: RemoteLife | null;
  lives: number;
};

const PROBE_TIMEOUT_MS = 5_000;

export function createRemoteServers(
  { remotes: configured, env, now, log }: RemoteServersOptions,
  observe: (event: PoolEvent) => void,
): RemoteServers {
  const remotes = configured.map((settings, nth) => createRemote(`remote-${nth + 1}`, settings, env));
  const living = () => remotes.flatMap(({ life }) => (life === null ? [] : [life]));
  const find = (place: string) => remotes.find((remote) => remote.place === place);
  let hasLeft = false;

  const begin = async (remote: Remote, client: OpencodeClient): Promise<void> => {
    const { place, settings, guests } = remote;
    remote.lives += 1;
    const lifeId = `${place}-${remote.lives}`;
    const life = await beginRemoteLife({
      place,
      lifeId,
      client,
      sessions: guests,
      now,
      onBroken: (why) => {
        if (remote.life?.lifeId !== lifeId) return;
        lose(remote, why);
        observe({ type: 'server-exited', server: place, why: `${settings.url} was lost: ${why}` });
      },
    });
    if (hasLeft) return life.end('stopped');
    remote.life = life;
    log.info({ place, url: settings.url }, 'remote server reached');
    // What an earlier life has left there may still work for nobody.
    guests.clearEarlier();
  };

  const lose = (remote: Remote, why: string): void => {
    log.warn({ place: remote.place, url: remote.settings.url, why }, 'remote server lost');
    remote.life?.end(why);
    remote.life = null;
    remote.guests.becomeEarlier();
  };

  const check = async (remote: Remote): Promise<string | null> => {
    const { client, settings } = remote;
    if (client === null)
      return `${settings.passwordEnv} is not set where the daemon was started: it must hold the password of ${settings.url}.`;
    const reached = await reachServer(client, settings, PROBE_TIMEOUT_MS);
    if (!reached.ok) return reached.why;
    if (remote.life !== null || hasLeft) return null;
    return begin(remote, client).then(
      () => null,
      (error: unknown) => `${settings.url} is there, but does not work: ${toFailure(error).detail ?? ''}`,
    );
  };

  return {
    places: remotes.map(({ place }) => place),
    urlOf: (place) => find(place)?.settings.url ?? null,
    find: (place) => find(place)?.life ?? null,
    probe: async (place) => {
      const remote = find(place);
      if (remote === undefined) return;
      const why = await check(remote);
      if (why === null) observe({ type: 'probe-ok', server: place, rssBytes: null });
      else observe({ type: 'probe-failed', server: place, why });
    },
    follow: (state) => {
      for (const remote of remotes) {
        const server = findServer(state, remote.place);
        if (remote.life === null || server?.state.name !== 'failed') continue;
        lose(remote, server.state.failures.why);
      }
    },
    listAble: async (work) => {
      const answers = await Promise.all(
        living().map(async (life) => ((await life.canDo(work)) ? [life.place] : [])),
      );
      return answers.flat();
    },
    see: async (directory) => {
      const answers = await Promise.all(living().map((life) => life.sees(directory)));
      return answers.includes(true);
    },
    providers: () =>
      living()
        .find((life) => life.providers() !== null)
        ?.providers() ?? null,
    leave: async () => {
      hasLeft = true;
      await Promise.all(
        remotes.map(async (remote) => {
          await remote.guests.clear();
          remote.life?.end('stopped');
          remote.life = null;
        }),
      );
    },
  };
}

function createRemote(place: string, settings: RemoteServer, env: NodeJS.ProcessEnv): Remote {
  const { url, username, passwordEnv } = settings;
  const password = env[passwordEnv];
  const client = password ? connectClient(url, { username, password }) : null;
  return { place, settings, client, guests: createGuestSessions(client), life: null, lives: 0 };
}
