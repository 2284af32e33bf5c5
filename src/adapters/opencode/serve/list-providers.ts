/** Which providers has the user connected in OpenCode, with which models? */
import { type OpencodeClient, orThrow } from './connect-client.ts';
import { WARM_UP_PROVIDER } from './server-config.ts';

export type ConnectedProvider = {
  readonly id: string;
  readonly name: string;
  readonly models: readonly string[];
};

/** "Connected" means that OpenCode has a key or a configuration; whether the key works is another question. */
export async function listProviders(
  client: OpencodeClient,
  directory: string,
): Promise<readonly ConnectedProvider[]> {
  const { data } = await client.provider.list(
    { directory },
    { signal: AbortSignal.timeout(10_000), ...orThrow },
  );
  const connected = new Set(data.connected);
  return data.all
    .filter(({ id }) => connected.has(id) && id !== WARM_UP_PROVIDER)
    .map(({ id, name, models }) => ({ id, name, models: Object.keys(models).sort() }));
}
