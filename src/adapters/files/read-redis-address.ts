/** Where is the team's Redis? The address may hold a password, so it is never told: not in what is wrong with it either. */
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export type ReadRedisAddress =
  | { readonly ok: true; readonly address: { readonly url: string; readonly ca: string | null } }
  | { readonly ok: false; readonly message: string };

type Files = { readonly redisUrlFile: string; readonly redisCaFile: string };

export const REDIS_URL_VARIABLE = 'OMCM_REDIS_URL';

const WANTED = 'an address such as redis://host:6379, or rediss:// for TLS';

export async function readRedisAddress(files: Files, env: NodeJS.ProcessEnv): Promise<ReadRedisAddress> {
  try {
    const url = await readUrl(files, env);
    return { ok: true, address: { url, ca: await readAuthority(files) } };
  } catch (error) {
    if (error instanceof Wrong) return { ok: false, message: error.message };
    throw error;
  }
}

class Wrong extends Error {}

async function readUrl({ redisUrlFile }: Files, env: NodeJS.ProcessEnv): Promise<string> {
  const given = env[REDIS_URL_VARIABLE];
  if (given) return judge(given.trim(), REDIS_URL_VARIABLE);
  if (redisUrlFile === '')
    throw new Wrong(
      `Nobody says where the Redis is: set ${REDIS_URL_VARIABLE}, or execution.redisUrlFile to a file.`,
    );
  return judge((await read(redisUrlFile, 'The address of the Redis')).trim(), redisUrlFile);
}

function judge(url: string, source: string): string {
  if (/^rediss?:\/\/\S+$/.test(url) && URL.canParse(url)) return url;
  throw new Wrong(`${source} does not hold ${WANTED}.`);
}

async function readAuthority({ redisCaFile }: Files): Promise<string | null> {
  if (redisCaFile === '') return null;
  const text = await read(redisCaFile, 'The authority for the certificate of the Redis');
  try {
    new X509Certificate(text);
    return text;
  } catch {
    throw new Wrong(`${redisCaFile} holds no certificate in the PEM format (execution.redisCaFile).`);
  }
}

async function read(file: string, what: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw new Wrong(`${what} cannot be read from ${file} (${code}).`);
  }
}
