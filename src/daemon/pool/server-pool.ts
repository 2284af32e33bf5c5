/** What the rest of the daemon knows of the pool. */

import type { ConnectedProvider } from '../../adapters/opencode/serve/list-providers.ts';
import type { OpenSession, SessionHost } from '../../adapters/opencode/serve/run-session.ts';
import type { Failure } from '../../core/delegation/failure.ts';
import type { ModelAccess, NoAccess } from '../../core/native-tools/model-access.ts';
import type { Target } from '../../core/routing/decision.ts';
import type { ServerOutlook } from '../../core/strategy/select-strategy.ts';
import type { PoolStatus } from '../../protocol/status.ts';

/** Who clears sessions away, where nobody else does. */
export type SessionKeeper = {
  opened(session: OpenSession): void;
  /** `mayGoOn`: another turn may ask for it. */
  ended(session: OpenSession, mayGoOn: boolean): void;
};

export type Lease = {
  readonly host: SessionHost;
  readonly sessions: SessionKeeper;
  /** Names the server's life: a session of an earlier life cannot be gone on with. */
  readonly serverId: string;
  /** The server's place in the pool, which another task may prefer. */
  readonly place: string;
  release(): void;
  /** The server did not do what it was asked: somebody should look whether it works. */
  suspect(): void;
};

export type LeaseRequest = {
  /** How long the task may wait for a server. */
  readonly deadlineMs: number;
  /** The place of the server that holds the task's conversation. */
  readonly prefers: string | null;
  /** What a server on another machine must be able to do. */
  readonly work: LeaseWork;
};

export type LeaseWork = { readonly directory: string; readonly target: Target };

export type ServerPool = {
  /** Ends what an earlier daemon left, and begins to keep the pool. To be called by the one daemon that serves. */
  start(): Promise<void>;
  /** A server that is ready for a prompt. Rejects with a `Failure`. */
  lease(signal: AbortSignal, request: LeaseRequest): Promise<Lease>;
  /** Makes the next prompt in this directory quick; gives why it could not. Never rejects. */
  warm(directory: string): Promise<Failure | null>;
  /** Whether a task may hope for a server. */
  outlook(): ServerOutlook;
  /** How OpenCode asks this model, for who asks it directly. Throws where no server answers. */
  access(target: Target, directory: string): Promise<ModelAccess | NoAccess>;
  /** What OpenCode has connected; `null` as long as no server has said so. */
  providers(): readonly ConnectedProvider[] | null;
  status(): PoolStatus;
  /** So many servers, until another number is asked for; never beyond the configured maximum. */
  scale(servers: number): void;
  /** Replaces a server, or all of them, once their tasks have ended; `false` where none has this port. */
  recycle(port: number | null): boolean;
  stop(): Promise<void>;
};
