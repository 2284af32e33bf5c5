/**
 * Finds the daemon or starts one.
 *
 *   answers, same or newer ──▶ use it
 *   answers, older ──▶ ask it to drain ──▶ silent
 *   silent ──▶ start ours ──▶ wait until it answers
 */
import { isForeignPlace } from '../adapters/files/socket-place.ts';
import type { Health } from '../protocol/status.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';
import { callDaemon } from './call-daemon.ts';
import { isNewer } from './compare-versions.ts';
import { startDaemon } from './start-daemon.ts';

export type EnsureOptions = {
  readonly socketPath: string;
  /** Path of omcmd.js. */
  readonly program: string;
  readonly env: NodeJS.ProcessEnv;
  readonly timeoutMs?: number;
};

export type Ensured =
  | { readonly ok: true; readonly health: Health; readonly started: boolean }
  | { readonly ok: false; readonly code: EnsureFailure; readonly message: string };

export type EnsureFailure =
  | 'daemon-unreachable'
  | 'daemon-newer'
  /** One that is leaving still works on its last tasks; ours can start when it is gone. */
  | 'daemon-draining'
  /** Somebody else could listen where ours would: nothing is started there, and nobody spoken to. */
  | 'socket-place-foreign';

const POLL_MS = 20;
/** A daemon that was started and does not answer by then has given way to one that was leaving, or was killed. */
const START_AGAIN_MS = 1_500;

export async function ensureDaemon(options: EnsureOptions): Promise<Ensured> {
  if (isForeignPlace(options.socketPath)) return FOREIGN_PLACE;
  const deadline = Date.now() + (options.timeoutMs ?? 5_000);
  let asked = false;
  let startedAt = Number.NEGATIVE_INFINITY;
  for (;;) {
    const health = await readHealth(options.socketPath);
    if (health !== null && health.state === 'serving' && !isOlder(health)) {
      return judge(health, startedAt > 0);
    }
    if (health !== null && !asked) {
      asked = true;
      await askToDrain(options.socketPath);
    }
    if (health === null && Date.now() - startedAt > START_AGAIN_MS) {
      startedAt = Date.now();
      await startDaemon(options.program, options.env).catch(() => undefined);
    }
    if (Date.now() > deadline) return health === null ? DID_NOT_START : STILL_DRAINING;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

const DID_NOT_START: Ensured = {
  ok: false,
  code: 'daemon-unreachable',
  message: 'The daemon did not start; see `omcm daemon logs`.',
};

const FOREIGN_PLACE: Ensured = {
  ok: false,
  code: 'socket-place-foreign',
  message: "Others can write into the folder of the daemon's socket, or it is theirs.",
};

const STILL_DRAINING: Ensured = {
  ok: false,
  code: 'daemon-draining',
  message: 'The running daemon finishes its tasks before it leaves.',
};

export async function readHealth(socketPath: string): Promise<Health | null> {
  try {
    const { status, body } = await callDaemon({ socketPath, path: '/v1/health', timeoutMs: 1_000 });
    return status === 200 && isHealth(body) ? body : null;
  } catch {
    return null;
  }
}

/** By hand: a hook cannot afford to load the schema. */
function isHealth(body: unknown): body is Health {
  const { version, protocol, state } = (body ?? {}) as Partial<Record<keyof Health, unknown>>;
  return typeof version === 'string' && typeof protocol === 'number' && typeof state === 'string';
}

function isOlder({ version, protocol }: Health): boolean {
  return protocol < PROTOCOL_VERSION || isNewer(VERSION, version);
}

function judge(health: Health, started: boolean): Ensured {
  if (health.protocol === PROTOCOL_VERSION) return { ok: true, health, started };
  const message = `The running daemon (${health.version}) is newer than this client (${VERSION}): update the client.`;
  return { ok: false, code: 'daemon-newer', message };
}

async function askToDrain(socketPath: string): Promise<void> {
  const call = {
    socketPath,
    method: 'POST',
    path: '/v1/shutdown',
    body: { drain: true },
    timeoutMs: 2_000,
  } as const;
  await callDaemon(call).catch(() => undefined);
}
