/** Texts without their secrets: those that the scanner finds, and the values of the project's `.env` files. */
import { readEnvFiles } from '../adapters/files/env-files.ts';
import { findValues, listEnvSecrets } from '../core/secrets/env-secrets.ts';
import { findMoreSecrets } from '../core/secrets/find-more-secrets.ts';
import { mask } from '../core/secrets/mask.ts';

export type Scrub = (texts: readonly string[]) => Promise<readonly string[]>;

/** No pattern reaches over it, and no text needs it. */
const BETWEEN = '\n\u241e\n';
/** A secret of several lines takes the line break behind it along. */
const BETWEEN_MASKED = /\n?\u241e\n?/;

export async function createScrub(directory: string | null): Promise<Scrub> {
  const files = directory === null ? [] : await readEnvFiles(directory);
  const values = [...new Set(files.flatMap(listEnvSecrets))];
  return async (texts) => {
    const all = texts.map((text) => text.replaceAll('\u241e', '')).join(BETWEEN);
    return (await scrubText(all, values)).split(BETWEEN_MASKED);
  };
}

async function scrubText(text: string, values: readonly string[]): Promise<string> {
  // Heavier than all the rest of us together: only who hands something out has to pay for it.
  const { scanSecrets } = await import('../adapters/secrets/scan-secrets.ts');
  return mask(text, [...(await scanSecrets(text)), ...findMoreSecrets(text), ...findValues(text, values)]);
}

/** Is there a secret that the scanner knows, or the value of one in the project's `.env` files? */
export function createSecretSearch(directory: string): (text: string) => Promise<boolean> {
  let values: Promise<readonly string[]> | undefined;
  return async (text) => {
    values ??= readEnvFiles(directory).then((files) => [...new Set(files.flatMap(listEnvSecrets))]);
    if (findValues(text, await values).length > 0) return true;
    const { scanSecrets } = await import('../adapters/secrets/scan-secrets.ts');
    return (await scanSecrets(text)).length > 0;
  };
}
