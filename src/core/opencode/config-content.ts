// What OPENCODE_CONFIG_CONTENT holds: OpenCode lays it over every other configuration but an agent's own.

export type Json = Readonly<Record<string, unknown>>;

/**
 * Measured on OpenCode 1.18.33: snapshots cost 100 to 215 ms a prompt, the title call one more model request;
 * both are of no use to a session that nobody opens again. LSP and formatter are off because they may start
 * (and download) processes of their own.
 */
export const QUIET_CONFIG: Json = {
  snapshot: false,
  share: 'disabled',
  autoupdate: false,
  lsp: false,
  formatter: false,
  agent: { title: { disable: true } },
};

/** The user may carry an OPENCODE_CONFIG_CONTENT of their own: ours is laid over it, not in its place. */
export function mergeConfigContent(existing: string | undefined, ...ours: readonly Json[]): string {
  return JSON.stringify(ours.reduce(mergeDeep, parseObject(existing)));
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
  const merged: Record<string, unknown> = { ...under };
  for (const [key, value] of Object.entries(over)) merged[key] = mergeValue(merged[key], value, key);
  return merged;
}

function mergeValue(under: unknown, over: unknown, key: string): unknown {
  if (isObject(under) && isObject(over)) return mergeDeep(under, over);
  // OpenCode itself adds up the plugins of all its configurations.
  if (key === 'plugin' && Array.isArray(under) && Array.isArray(over)) return [...under, ...over];
  return over;
}
