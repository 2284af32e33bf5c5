/** What does the daemon know? It is started for the question unless the user would rather not. */
import { callDaemon } from '../../client/call-daemon.ts';
import { readHealth } from '../../client/ensure-daemon.ts';
import {
  type Health,
  type Providers,
  providersSchema,
  type Status,
  statusSchema,
} from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { reachDaemon } from '../daemon/reach-daemon.ts';

export type Consulted =
  | { readonly kind: 'not-running' }
  | { readonly kind: 'unreachable'; readonly message: string }
  | {
      readonly kind: 'running';
      readonly health: Health;
      /** null where it did not answer, or not in time. */
      readonly status: Status | null;
      readonly providers: Providers | null;
    };

/** To tell them, the daemon may first have to start an OpenCode server. */
const PROVIDERS_MS = 60_000;

export async function consultDaemon(cli: Cli, { start }: { readonly start: boolean }): Promise<Consulted> {
  const { socketPath } = cli.paths;
  try {
    const health = start ? (await reachDaemon(cli)).health : await readHealth(socketPath);
    if (health === null) return { kind: 'not-running' };
    const providers = await ask(socketPath, '/v1/providers', providersSchema);
    // Afterwards: only now it knows how the server's start went.
    const status = await ask(socketPath, '/v1/status', statusSchema);
    return { kind: 'running', health, providers, status };
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    return { kind: 'unreachable', message: error.message };
  }
}

type Schema<T> = { safeParse(value: unknown): { success: true; data: T } | { success: false } };

async function ask<T>(socketPath: string, path: string, schema: Schema<T>): Promise<T | null> {
  const answer = await callDaemon({ socketPath, path, timeoutMs: PROVIDERS_MS }).catch(() => null);
  const parsed = schema.safeParse(answer?.body);
  return parsed.success ? parsed.data : null;
}
