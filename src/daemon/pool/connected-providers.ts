/** What OpenCode has connected, as the last server that was asked said; asked again when that was a while ago. */
import type { OpencodeClient } from '../../adapters/opencode/serve/connect-client.ts';
import { type ConnectedProvider, listProviders } from '../../adapters/opencode/serve/list-providers.ts';

/** Whom to ask, and as seen from which folder. */
export type Asked = { readonly client: OpencodeClient; readonly directory: string };

export type ConnectedProviders = {
  /** `null` as long as no server has said so. */
  latest(): readonly ConnectedProvider[] | null;
  refresh(from: Asked): Promise<void>;
};

/** The user may connect another provider at any time. */
const FRESH_MS = 30_000;

export function createConnectedProviders(
  now: () => number,
  anyServer: () => Asked | null,
): ConnectedProviders {
  let latest: readonly ConnectedProvider[] | null = null;
  let askedAt = 0;

  const refresh = async ({ client, directory }: Asked): Promise<void> => {
    askedAt = now();
    latest = await listProviders(client, directory).catch(() => latest);
  };

  return {
    refresh,
    latest: () => {
      const asked = now() - askedAt > FRESH_MS ? anyServer() : null;
      if (asked !== null) void refresh(asked);
      return latest;
    },
  };
}
