/** Which OpenCode configuration makes a delegated prompt quick without taking away what its agent needs? */

/** The provider that answers the warm-up prompt; it lives in the daemon and never leaves the machine. */
export const WARM_UP_PROVIDER = 'omcm-warm-up';
export const WARM_UP_MODEL = 'warm';

type Json = Record<string, unknown>;

/**
 * Measured on OpenCode 1.18.33: snapshots cost 100 to 215 ms a prompt, the title call one more model request;
 * both are of no use to a session that nobody opens again. LSP and formatter are off because they may start
 * (and download) processes of their own.
 */
export function serverConfig(warmUpUrl: string | null): Json {
  return {
    snapshot: false,
    share: 'disabled',
    autoupdate: false,
    lsp: false,
    formatter: false,
    agent: { title: { disable: true } },
    ...(warmUpUrl === null ? {} : { provider: { [WARM_UP_PROVIDER]: warmUpProvider(warmUpUrl) } }),
  };
}

function warmUpProvider(baseURL: string): Json {
  return {
    npm: '@ai-sdk/openai-compatible',
    name: 'OMCM warm-up',
    options: { baseURL, apiKey: 'none' },
    models: { [WARM_UP_MODEL]: { name: 'warm-up' } },
  };
}

/** The user may carry an OPENCODE_CONFIG_CONTENT of their own: ours is laid over it, not in its place. */
export function mergeConfigContent(existing: string | undefined, ours: Json): string {
  return JSON.stringify(mergeDeep(parseObject(existing), ours));
}

function parseObject(text: string | undefined): Json {
  if (text === undefined) return {};
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeDeep(under: Json, over: Json): Json {
  const merged: Json = { ...under };
  for (const [key, value] of Object.entries(over)) {
    const beneath = merged[key];
    merged[key] = isObject(beneath) && isObject(value) ? mergeDeep(beneath, value) : value;
  }
  return merged;
}
