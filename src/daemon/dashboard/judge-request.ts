/**
 * May this request come in? Whoever runs a web page that the user has open can have his browser send us requests: from
 * another site, or under a name of his own that he has made to mean 127.0.0.1 (DNS rebinding). A browser says truly where
 * a request comes from, and which name was asked for.
 */
export type RequestFacts = {
  readonly method: string;
  readonly path: string;
  /** `null`: not sent. */
  readonly host: string | null;
  readonly origin: string | null;
  /** Sec-Fetch-Site and Sec-Fetch-Mode. */
  readonly fetchSite: string | null;
  readonly fetchMode: string | null;
  readonly isUpgrade: boolean;
  readonly hasSession: boolean;
};

export type Place = { readonly port: number /** Begins and ends with a slash. */; readonly base: string };

/** `page` needs no session: it holds nothing of the user's. */
export type Admission =
  | { readonly kind: 'page' | 'exchange' | 'session' | 'act' | 'live' }
  | { readonly kind: 'refused'; readonly status: 401 | 403 | 404 | 405; readonly code: RefusalCode };

export type RefusalCode = 'other-host' | 'other-origin' | 'no-origin' | 'no-session' | 'not-found' | 'method';

type Door = {
  readonly kind: 'page' | 'exchange' | 'session' | 'act' | 'live';
  readonly method: 'GET' | 'POST';
};

/** By what follows the base; nothing else is there, so no path leads anywhere else. */
const DOORS: ReadonlyMap<string, Door> = new Map([
  ['', { kind: 'page', method: 'GET' }],
  ['page.js', { kind: 'page', method: 'GET' }],
  ['page.css', { kind: 'page', method: 'GET' }],
  ['enter', { kind: 'exchange', method: 'POST' }],
  ['session', { kind: 'session', method: 'GET' }],
  ['actions', { kind: 'act', method: 'POST' }],
  ['live', { kind: 'live', method: 'GET' }],
]);

export function judgeRequest(facts: RequestFacts, { port, base }: Place): Admission {
  const host = `127.0.0.1:${port}`;
  if (facts.host !== host) return refuse(403, 'other-host');
  if (facts.origin !== null && facts.origin !== `http://${host}`) return refuse(403, 'other-origin');
  const door = facts.path.startsWith(base) ? DOORS.get(facts.path.slice(base.length)) : undefined;
  if (door === undefined) return refuse(404, 'not-found');
  if (!comesFromHere(facts, door)) return refuse(403, 'other-origin');
  if (facts.method !== door.method || facts.isUpgrade !== (door.kind === 'live'))
    return refuse(405, 'method');
  const needsOrigin = door.method === 'POST' || door.kind === 'live';
  if (needsOrigin && facts.origin === null) return refuse(403, 'no-origin');
  const needsSession = door.kind === 'session' || door.kind === 'act' || door.kind === 'live';
  if (needsSession && !facts.hasSession) return refuse(401, 'no-session');
  return { kind: door.kind };
}

/** A link to the page may stand anywhere; what the page is made of is asked for by the page. */
function comesFromHere({ fetchSite, fetchMode, path }: RequestFacts, { kind }: Door): boolean {
  if (fetchSite === null || fetchSite === 'same-origin' || fetchSite === 'none') return true;
  return kind === 'page' && path.endsWith('/') && fetchMode === 'navigate';
}

function refuse(status: 401 | 403 | 404 | 405, code: RefusalCode): Admission {
  return { kind: 'refused', status, code };
}
