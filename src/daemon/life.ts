import type { Health } from '../protocol/status.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import { VERSION } from '../version.ts';

export type Life = {
  health(): Health;
  /** Somebody called: the daemon is not idle. */
  touch(): void;
  untouchedFor(): number;
  beginDraining(): void;
  shutdown(drain: boolean): void;
  /** Resolves when a client asked us to go. */
  readonly shutdownAsked: Promise<void>;
  /** Aborted where nobody wants to wait for the last tasks. */
  readonly patience: AbortSignal;
};

/** Serving, and who still needs it; draining, and how long that may take. */
export function createLife(now: () => number): Life {
  const startedAt = now();
  let neededAt = startedAt;
  let state: Health['state'] = 'serving';
  let askShutdown = () => {};
  const shutdownAsked = new Promise<void>((resolve) => {
    askShutdown = resolve;
  });
  const patience = new AbortController();
  return {
    health: (): Health => ({
      version: VERSION,
      protocol: PROTOCOL_VERSION,
      pid: process.pid,
      startedAt,
      state,
    }),
    touch: () => {
      neededAt = now();
    },
    untouchedFor: () => now() - neededAt,
    beginDraining: () => {
      state = 'draining';
    },
    shutdown: (drain: boolean) => {
      state = 'draining';
      if (!drain) patience.abort();
      askShutdown();
    },
    shutdownAsked,
    patience: patience.signal,
  };
}
