/** Which providers has the user connected in OpenCode, with which models? */
import { type OpencodeClient, orThrow } from './connect-client.ts';
import { listDirectModels } from './read-access.ts';
import { WARM_UP_PROVIDER } from './server-config.ts';

export type ConnectedProvider = {
  readonly id: string;
  readonly name: string;
  readonly models: readonly string[];
  /** Those of the models that can be asked without OpenCode. */
  readonly direct: readonly string[];
};

/** "Connected" means that OpenCode has a key or a configuration; whether the key works is another question. */
export async function listProviders(
  client: OpencodeClient,
  directory: string,
): Promise<readonly ConnectedProvider[]> {
  const [{ data }, direct] = await Promise.all([
    client.provider.list({ directory }, { signal: AbortSignal.timeout(10_000), ...orThrow }),
    // Whoever is asked by OpenCode alone is connected all the same.
    listDirectModels(client, directory).catch((): readonly string[] => []),
  ]);
  const isDirect = new Set(direct);
  const connected = new Set(data.connected);
  return data.all
    .filter(({ id }) => connected.has(id) && id !== WARM_UP_PROVIDER)
    .map(({ id, name, models }) => {
      const all = Object.keys(models).sort();
      return { id, name, models: all, direct: all.filter((model) => isDirect.has(`${id}/${model}`)) };
    });
}
