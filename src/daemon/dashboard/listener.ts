/**
 * The dashboard's own listener, on 127.0.0.1: opened when somebody asks for it over the daemon's socket, closed when
 * nobody has used it for a while. Its address holds a random part, which the session's cookie is bound to: other servers
 * on 127.0.0.1, on whatever port, are the same site to a browser and would be sent it otherwise.
 */
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocketServer } from 'ws';
import type { LivePlace } from '../../core/live/live-update.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import type { Log } from '../log/log.ts';
import type { ActServices } from './act.ts';
import { createAnswers, type DashboardPage } from './answers.ts';
import { createDoor, type Door } from './door.ts';
import { findPeerUser } from './find-peer-user.ts';
import { judgeRequest, type Place } from './judge-request.ts';
import { readFacts } from './read-facts.ts';
import { sendLive } from './send-live.ts';

export type Dashboard = {
  /** An address that lets one browser in, once. */
  open(port?: number): Promise<DashboardOpened>;
  close(): Promise<void>;
};

export type DashboardOpened =
  | { readonly ok: true; readonly url: string; readonly port: number }
  | { readonly ok: false; readonly code: 'port-taken' };

export type DashboardOptions = {
  readonly feed: LiveFeed;
  readonly services: () => ActServices;
  readonly page: DashboardPage;
  /** A page is open: the daemon is needed. */
  readonly touch: () => void;
  readonly now: () => number;
  readonly log: Log;
  readonly idleMs?: number;
};

const IDLE_MS = 10 * 60_000;
const BEAT_MS = 15_000;
const MOST_CONNECTIONS = 64;
const MOST_PAGES = 16;

type Listening = Place & { readonly server: Server; readonly sockets: WebSocketServer };

export function createDashboard(options: DashboardOptions): Dashboard {
  const { feed, touch, now, log, idleMs = IDLE_MS } = options;
  const door: Door = createDoor(now);
  let listening: Listening | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let beat: NodeJS.Timeout | null = null;
  let usedAt = now();

  const listen = async (port: number): Promise<Listening | null> => {
    const { WebSocketServer } = await import('ws');
    const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_024, perMessageDeflate: false });
    const base = `/${randomBytes(16).toString('base64url')}/`;
    const server = createServer();
    server.maxConnections = MOST_CONNECTIONS;
    const bound = await bind(server, port);
    if (bound === null) return null;
    const opened: Listening = { server, sockets, base, port: bound };
    const answer = createAnswers({ ...options, door, place: opened });
    server.on('connection', (socket) => void refuseOthers(socket, bound));
    server.on('request', (request, response) => {
      usedAt = now();
      void answer(request, response);
    });
    server.on('upgrade', (request, socket, head) => upgrade(opened, request, { socket, head }));
    return opened;
  };
  const upgrade = (
    { sockets, ...place }: Listening,
    request: IncomingMessage,
    { socket, head }: { readonly socket: Duplex; readonly head: Buffer },
  ) => {
    socket.on('error', () => socket.destroy());
    const admission = judgeRequest(readFacts(request, door), place);
    const isFull = sockets.clients.size >= MOST_PAGES;
    if (admission.kind !== 'live' || isFull) {
      const status = admission.kind === 'refused' ? admission.status : 503;
      socket.end(`HTTP/1.1 ${status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    sockets.handleUpgrade(request, socket, head, (page) => {
      let isThere = true;
      page.on('pong', () => {
        isThere = true;
      });
      page.on('error', () => page.terminate());
      const pulse = setInterval(() => {
        if (!isThere) return page.terminate();
        isThere = false;
        usedAt = now();
        touch();
        page.ping();
      }, BEAT_MS).unref();
      page.on('close', () => clearInterval(pulse));
      sendLive(page, feed, readPlace(request.url ?? ''));
    });
  };
  const shut = async () => {
    const was = listening;
    listening = null;
    if (beat !== null) clearInterval(beat);
    beat = null;
    if (was === null) return;
    for (const page of was.sockets.clients) page.terminate();
    was.server.closeAllConnections();
    await new Promise<void>((resolve) => was.server.close(() => resolve()));
    log.info('dashboard closed');
  };
  const isIdle = () =>
    (listening?.sockets.clients.size ?? 0) === 0 && !door.isAwaited() && now() - usedAt > idleMs;
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };

  return {
    open: (port) =>
      inTurn(async () => {
        if (listening !== null && port !== undefined && port !== listening.port) await shut();
        listening ??= await listen(port ?? 0);
        if (listening === null) return { ok: false, code: 'port-taken' };
        usedAt = now();
        beat ??= setInterval(() => void (isIdle() && inTurn(shut)), Math.min(BEAT_MS, idleMs)).unref();
        log.info({ port: listening.port }, 'dashboard open');
        // Behind the #: what stands there is sent to nobody, and in no log.
        const url = `http://127.0.0.1:${listening.port}${listening.base}#${door.admit()}`;
        return { ok: true, url, port: listening.port };
      }),
    close: () => inTurn(shut),
  };
}

/** The port that it has; `null`: somebody else has it. */
function bind(server: Server, port: number): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(null) : reject(error),
    );
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : null);
    });
  });
}

/** Other users of this machine reach 127.0.0.1 too. Root is let in: some forward a user's connections. */
async function refuseOthers(socket: Duplex & { remotePort?: number | undefined }, ownPort: number) {
  const user = await findPeerUser(socket.remotePort ?? 0, ownPort);
  if (user !== null && user !== 0 && user !== process.getuid?.()) socket.destroy();
}

function readPlace(url: string): LivePlace | null {
  const query = new URLSearchParams(url.slice(url.indexOf('?') + 1));
  const [life, seq] = [query.get('life'), Number(query.get('seq'))];
  return life === null || !Number.isSafeInteger(seq) ? null : { life, seq };
}
