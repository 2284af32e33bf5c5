/** With which key, at which address does OpenCode ask a model? For who asks it in OpenCode's place. */
import type { Price } from '../../../core/native-tools/price-tokens.ts';
import { type OpencodeClient, orThrow } from './connect-client.ts';

/** Holds a key: it stays in memory, and is neither written nor logged. */
export type Access = {
  readonly provider: string;
  readonly model: string;
  /** The package that speaks to the vendor. */
  readonly npm: string;
  readonly apiKey: string;
  readonly baseUrl: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly price: Price;
};

export type NoAccess = 'not-connected' | 'no-key' | 'for-claude';

type Options = { readonly apiKey?: unknown; readonly baseURL?: unknown; readonly headers?: unknown };

/** A login without a key (OAuth) is OpenCode's alone. Throws where OpenCode does not answer. */
export async function readAccess(
  client: OpencodeClient,
  {
    provider,
    model,
    directory,
  }: { readonly provider: string; readonly model: string; readonly directory: string },
): Promise<Access | NoAccess> {
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
