import type { IncomingMessage } from 'node:http';
import type { Door } from './door.ts';
import type { RequestFacts } from './judge-request.ts';

export const COOKIE = 'omcm';

export function readFacts(request: IncomingMessage, door: Pick<Door, 'isInside'>): RequestFacts {
  const { method = '', url = '', headers } = request;
  return {
    method,
    path: url.replace(/[?#].*$/s, ''),
    host: headers.host ?? null,
    origin: headers.origin ?? null,
    fetchSite: headerOf(headers['sec-fetch-site']),
    fetchMode: headerOf(headers['sec-fetch-mode']),
    isUpgrade: headers.upgrade?.toLowerCase() === 'websocket',
    hasSession: readCookies(headers.cookie ?? '').some(door.isInside),
  };
}

/** A browser may have several of one name, for different paths. */
function readCookies(text: string): readonly string[] {
  const pairs = text.split(';').map((pair) => pair.trim());
  return pairs.flatMap((pair) => (pair.startsWith(`${COOKIE}=`) ? [pair.slice(COOKIE.length + 1)] : []));
}

function headerOf(value: string | readonly string[] | undefined): string | null {
  return typeof value === 'string' ? value : null;
}
