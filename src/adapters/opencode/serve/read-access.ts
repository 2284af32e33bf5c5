/** With which key, at which address does OpenCode ask a model? For who asks it in OpenCode's place. */
import type { ModelAccess, NoAccess } from '../../../core/native-tools/model-access.ts';
import type { Price } from '../../../core/native-tools/price-tokens.ts';
import { isSpoken } from '../../../core/native-tools/spoken-packages.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';

/** As OpenCode tells of it to who has its password. */
export type ConfiguredProvider = {
  readonly id: string;
  readonly key?: string;
  readonly options: object;
  readonly models: Readonly<Record<string, ConfiguredModel>>;
};

type ConfiguredModel = {
  readonly api: { readonly id: string; readonly url: string; readonly npm: string };
  readonly cost: Price;
};

type Options = { readonly apiKey?: unknown; readonly baseURL?: unknown; readonly headers?: unknown };

/** Throws where OpenCode does not answer. */
export async function readAccess(
  client: OpencodeClient,
  {
    provider,
    model,
    directory,
  }: { readonly provider: string; readonly model: string; readonly directory: string },
): Promise<ModelAccess | NoAccess> {
  const found = (await readConfigured(client, directory)).find(({ id }) => id === provider);
  return found === undefined ? 'not-connected' : accessTo(found, model);
}

/** `provider/model`s that can be asked without OpenCode. Throws where OpenCode does not answer. */
export async function listDirectModels(
  client: OpencodeClient,
  directory: string,
): Promise<readonly string[]> {
  return (await readConfigured(client, directory)).flatMap((provider) =>
    Object.keys(provider.models)
      .filter((model) => typeof accessTo(provider, model) !== 'string')
      .map((model) => `${provider.id}/${model}`),
  );
}

async function readConfigured(
  client: OpencodeClient,
  directory: string,
): Promise<readonly ConfiguredProvider[]> {
  const { data } = await client.config.providers(
    { directory },
    { signal: AbortSignal.timeout(5_000), ...orThrow },
  );
  return data.providers;
}

export function accessTo(
  { id: provider, key, options, models }: ConfiguredProvider,
  model: string,
): ModelAccess | NoAccess {
  if (provider === 'anthropic') return 'for-claude';
  const known = models[model];
  if (known === undefined) return 'not-connected';
  const { apiKey: given, baseURL, headers }: Options = options;
  const { id, url, npm } = known.api;
  const baseUrl = text(baseURL) ?? text(url);
  if (!isSpoken(npm) || (npm === '@ai-sdk/openai-compatible' && baseUrl === undefined)) return 'not-spoken';
  const apiKey = text(given) ?? text(key);
  if (apiKey === undefined) return 'no-key';
  return { provider, model: id, npm, apiKey, baseUrl, headers: texts(headers), price: known.cost };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, header]) => typeof header === 'string'));
}
