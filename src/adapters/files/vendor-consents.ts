// To which vendors may the conversations of subagents go, and from which projects? As the user has said it, once.
import path from 'node:path';
import { ANY_VENDOR, type Consent } from '../../core/routing/decide-engine.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { StateFileSpec } from './state-file.ts';
import { liesIn, realOf } from './trusted-folders.ts';

export type VendorConsent = {
  /** By OpenCode's name; `*`: all of them. */
  readonly provider: string;
  /** What lies beneath it as well; `null`: everywhere. */
  readonly folder: string | null;
  readonly said: Consent;
  readonly since: number | null;
};

export const NO_CONSENTS: readonly VendorConsent[] = [];

export function vendorConsentsSpec(file: string): StateFileSpec<readonly VendorConsent[]> {
  return {
    file,
    migrations: [],
    parse: ({ consents }) => ({
      value: Array.isArray(consents) ? consents.flatMap(parseConsent) : [],
      problems: [],
    }),
    serialise: (consents) => ({
      consents: consents.map(({ since, ...consent }) => ({ ...consent, since: formatTime(since) })),
    }),
  };
}

function parseConsent(raw: unknown): readonly VendorConsent[] {
  if (!isJsonObject(raw)) return [];
  const { provider, folder = null, said, since } = raw as JsonObject;
  if (typeof provider !== 'string' || provider === '') return [];
  if (folder !== null && (typeof folder !== 'string' || !path.isAbsolute(folder))) return [];
  if (said !== 'yes' && said !== 'never') return [];
  return [{ provider, folder, said, since: parseTime(since) }];
}

/**
 * What holds in a folder, by provider: what was said of the nearest one above it, of all vendors or of this one; of the
 * same folder, what was said of the one.
 */
export async function consentsIn(
  directory: string,
  all: readonly VendorConsent[],
): Promise<ReadonlyMap<string, Consent>> {
  const real = await realOf(directory);
  const there = all.filter(({ folder }) => folder === null || liesIn(real, folder));
  const consents = new Map<string, Consent>();
  for (const { provider, said } of [...there].sort(farthestFirst)) {
    if (provider === ANY_VENDOR) consents.clear();
    consents.set(provider, said);
  }
  return consents;
}

function farthestFirst(a: VendorConsent, b: VendorConsent): number {
  const nearer = (a.folder?.length ?? 0) - (b.folder?.length ?? 0);
  return nearer !== 0 ? nearer : Number(b.provider === ANY_VENDOR) - Number(a.provider === ANY_VENDOR);
}
