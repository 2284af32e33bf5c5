/** With which key, at which address does OpenCode ask a model? For who asks it in OpenCode's place. */
import type { ModelAccess, NoAccess } from '../../../core/native-tools/model-access.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';

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
  if (provider === 'anthropic') return 'for-claude';
  const { data } = await client.config.providers(
    { directory },
    { signal: AbortSignal.timeout(5_000), ...orThrow },
  );
  const found = data.providers.find(({ id }) => id === provider);
  const known = found?.models[model];
  if (found === undefined || known === undefined) return 'not-connected';
  const options: Options = found.options;
  const apiKey = text(options.apiKey) ?? text(found.key);
  if (apiKey === undefined) return 'no-key';
  const { id, url, npm } = known.api;
  const baseUrl = text(options.baseURL) ?? text(url);
  const { cost: price } = known;
  return { provider, model: id, npm, apiKey, baseUrl, headers: texts(options.headers), price };
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).filter(([, header]) => typeof header === 'string'));
}
