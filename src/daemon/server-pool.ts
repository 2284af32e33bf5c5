/** The interface of the pool; what stands behind it today is one server. */

import type { ConnectedProvider } from '../adapters/opencode/list-providers.ts';
import type { SessionHost } from '../adapters/opencode/run-session.ts';
import type { Failure } from '../core/delegation/failure.ts';
import type { ServerStatus } from '../protocol/status.ts';

export type Lease = {
  readonly host: SessionHost;
  /** Names the server's life: a session of an earlier life cannot be gone on with. */
  readonly serverId: string;
  release(): void;
};

export type ServerPool = {
  /** A server that is ready for a prompt. Rejects with a `Failure`. */
  lease(signal: AbortSignal): Promise<Lease>;
  /** Makes the next prompt in this directory quick; gives why it could not. Never rejects. */
  warm(directory: string): Promise<Failure | null>;
  /** What OpenCode has connected; `null` as long as no server has said so. */
  providers(): readonly ConnectedProvider[] | null;
  status(): readonly ServerStatus[];
  stop(): Promise<void>;
};
