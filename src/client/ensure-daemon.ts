/**
 * Finds the daemon or starts one.
 *
 *   answers, same or newer ──▶ use it
 *   answers, older ──▶ ask it to drain ──▶ start ours
 *   silent ──▶ start ours ──▶ wait until it answers
 */
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
  | { readonly ok: false; readonly code: 'daemon-unreachable' | 'daemon-newer'; readonly message: string };

const POLL_MS = 20;

export async function ensureDaemon(options: EnsureOptions): Promise<Ensured> {
  const deadline = Date.now() + (options.timeoutMs ?? 5_000);
  const found = await readHealth(options.socketPath);
  if (found !== null && found.state === 'serving' && !isNewer(VERSION, found.version))
    return judge(found, false);
  if (found !== null) await askToDrain(options.socketPath);
  await startDaemon(options.program, options.env).catch(() => undefined);
  while (Date.now() < deadline) {
    const health = await readHealth(options.socketPath);
    if (health?.state === 'serving' && !isNewer(VERSION, health.version)) return judge(health, true);
    // The one that was there may still be leaving, in which case ours gave up at once.
    if (health === null && found !== null)
      await startDaemon(options.program, options.env).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  return {
    ok: false,
    code: 'daemon-unreachable',
    message: 'The daemon did not start; see `omcm daemon logs`.',
  };
}

export async function readHealth(socketPath: string): Promise<Health | null> {
  try {
    const { status, body } = await callDaemon({ socketPath, path: '/v1/health', timeoutMs: 1_000 });
    if (status === 200) return body as Health;
    // An answer that is not for us still comes from a daemon, one of another protocol.
    return status === 426 ? { version: '0.0.0', protocol: 0, pid: 0, startedAt: 0, state: 'serving' } : null;
  } catch {
    return null;
  }
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
