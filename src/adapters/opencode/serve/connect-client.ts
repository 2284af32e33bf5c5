import { createOpencodeClient, type OpencodeClient } from '@opencode-ai/sdk/v2/client';

export type { OpencodeClient };

/** For each call: an error answer is thrown, so that `data` is there. */
export const orThrow = { throwOnError: true } as const;

/** OpenCode's user name is fixed; the password is made for each server. */
export function connectClient(baseUrl: string, password: string): OpencodeClient {
  const credentials = Buffer.from(`opencode:${password}`).toString('base64');
  return createOpencodeClient({ baseUrl, headers: { authorization: `Basic ${credentials}` } });
}
