/** Where is the team's Redis? The address may hold a password, so it is never told: not in what is wrong with it either. */
import { readFile } from 'node:fs/promises';

export type RedisUrl =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly message: string };

export const REDIS_URL_VARIABLE = 'OMCM_REDIS_URL';

const WANTED = 'an address such as redis://host:6379, or rediss:// for TLS';

export async function readRedisUrl(
  { redisUrlFile }: { readonly redisUrlFile: string },
  env: NodeJS.ProcessEnv,
): Promise<RedisUrl> {
  const given = env[REDIS_URL_VARIABLE];
  if (given) return judge(given.trim(), REDIS_URL_VARIABLE);
  if (redisUrlFile === '')
    return wrong(
      `Nobody says where the Redis is: set ${REDIS_URL_VARIABLE}, or execution.redisUrlFile to a file.`,
    );
  try {
    return judge((await readFile(redisUrlFile, 'utf8')).trim(), redisUrlFile);
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    return wrong(`The address of the Redis cannot be read from ${redisUrlFile} (${code}).`);
  }
}

function judge(url: string, source: string): RedisUrl {
  if (/^rediss?:\/\/\S+$/.test(url) && URL.canParse(url)) return { ok: true, url };
  return wrong(`${source} does not hold ${WANTED}.`);
}

function wrong(message: string): RedisUrl {
  return { ok: false, message };
}
