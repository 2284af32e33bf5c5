/** What OpenCode has connected, as the last server that was asked said; asked again when that was a while ago. */
import { type ConnectedProvider, listProviders } from '../adapters/opencode/serve/list-providers.ts';
import type { PooledServer } from './pooled-server.ts';

export type ConnectedProviders = {
  /** `null` as long as no server has said so. */
  latest(): readonly ConnectedProvider[] | null;
  refresh(from: PooledServer, directory: string): Promise<void>;
};

/** The user may connect another provider at any time. */
const FRESH_MS = 30_000;

export function createConnectedProviders(
  now: () => number,
  anyServer: () => { readonly server: PooledServer; readonly directory: string } | null,
): ConnectedProviders {
  let latest: readonly ConnectedProvider[] | null = null;
  let askedAt = 0;

  const refresh = async (from: PooledServer, directory: string): Promise<void> => {
    askedAt = now();
    latest = await listProviders(from.server.client, directory).catch(() => latest);
  };

  return {
    refresh,
    latest: () => {
      const found = now() - askedAt > FRESH_MS ? anyServer() : null;
      if (found !== null) void refresh(found.server, found.directory);
      return latest;
    },
  };
}
