/** Is a server there that lets us in? If not, a sentence that says what to do. */
import type { OpencodeClient } from './connect-client.ts';

export type Reached = { readonly ok: true } | { readonly ok: false; readonly why: string };

export type Place = { readonly url: string; readonly passwordEnv: string };

export async function reachServer(client: OpencodeClient, place: Place, timeoutMs: number): Promise<Reached> {
  const signal = AbortSignal.timeout(timeoutMs);
  const answer = await client.global.health({ signal }).catch((error: unknown) => ({ data: null, error }));
  const response = 'response' in answer ? answer.response : undefined;
  if (response === undefined) return { ok: false, why: whyUnreachable(answer.error, place, timeoutMs) };
  // What is no OpenCode may answer anything, also with a page.
  const data: unknown = answer.data;
  const isHealthy = typeof data === 'object' && data !== null && 'healthy' in data && data.healthy === true;
  return isHealthy ? { ok: true } : { ok: false, why: whyRefused(response.status, place) };
}

function whyRefused(status: number, { url, passwordEnv }: Place): string {
  if (status === 401 || status === 403) {
    return `${url} refused the user name or the password (HTTP ${status}): see pool.remotes and what ${passwordEnv} held when the daemon started.`;
  }
  return `${url} does not answer as an OpenCode server does (HTTP ${status}): is the address right, with its path?`;
}

function whyUnreachable(error: unknown, { url }: Place, timeoutMs: number): string {
  const code = codeOf(error);
  switch (code) {
    case 'TimeoutError':
      return `${url} gave no answer within ${timeoutMs} ms: is the machine on, and reachable from here?`;
    case 'ECONNREFUSED':
      return `Nobody listens at ${url}: start \`opencode serve\` there.`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `${url} has a host name that nobody knows: is it right?`;
    default:
      if (/CERT|SELF_SIGNED|SSL|TLS/.test(code))
        return `${url} has a certificate that is not trusted here (${code}): name its authority in NODE_EXTRA_CA_CERTS and restart the daemon.`;
      return `${url} cannot be reached (${code}).`;
  }
}

/** What `fetch` throws says "fetch failed"; the reason is beneath. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error) return 'code' in cause ? String(cause.code) : cause.message;
  return error.name === 'TimeoutError' ? error.name : error.message;
}
