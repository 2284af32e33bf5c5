import { createOpencodeClient, type OpencodeClient } from '@opencode-ai/sdk/v2/client';

export type { OpencodeClient };

export type Credentials = { readonly username: string; readonly password: string };

/** For each call: an error answer is thrown, so that `data` is there. */
export const orThrow = { throwOnError: true } as const;

export function connectClient(baseUrl: string, { username, password }: Credentials): OpencodeClient {
  const credentials = Buffer.from(`${username}:${password}`).toString('base64');
  return createOpencodeClient({ baseUrl, headers: { authorization: `Basic ${credentials}` } });
}
