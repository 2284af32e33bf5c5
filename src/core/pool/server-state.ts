// What is a server of the pool doing, and what is known about it as long as it does that?
//
//   own      started         a reason to leave             last task ended
//   starting ───────► ready ───────────────────► draining ─────────────────► stopping ── ended ──► gone
//    ▲    │            │ ▲                        │    │                      ▲  ▲  │
//    │    │ ended      │ └── needed after all ────┘    ├── silent ────────────┘  │  └ ended, when it was silent
//    │    ▼      ended │                               └── ended ──► gone        │    while ready ──► failed
//    │  failed ◄───────┤                                                         │
//    │    │            └── silent ───────────────────────────────────────────────┤
//    │    └─ too often in a row ──► given-up                                     │
//    └── rested, and needed: failed, given-up          starting, not needed ─────┘
//
//   remote   probe answered         silent
//   starting ──────────────► ready ───────► failed ── rested ──► starting, which is a probe on its way
//         └── not answered ──► failed
//
// `ended` answers every start and every stop, so a server has one life at a time and no event of an earlier one.

export type ServerKind = 'own' | 'remote';

/** Failures in a row, without a life in between that proved itself. */
export type Failures = { readonly times: number; readonly why: string };

/** Why a server takes no more tasks, and stops when its last one has ended. */
export type DrainWhy = 'memory' | 'age' | 'tasks' | 'scale-down' | 'recycle' | 'stop';

export type StopWhy = DrainWhy | 'unresponsive';

/** A server from its first sign of life on. */
export type Life = {
  readonly startedAt: number;
  /** In flight. */
  readonly tasks: readonly string[];
  readonly tasksDone: number;
  /** `null`: nobody has measured it yet, or nobody can. */
  readonly rssBytes: number | null;
  readonly probedAt: number;
  readonly lastProbeOkAt: number;
  /** In a row. */
  readonly probesFailed: number;
  /** Takes no task until it has answered a probe. */
  readonly isDoubted: boolean;
};

export type ServerState =
  | { readonly name: 'starting'; readonly since: number; readonly failures: Failures | null }
  | ({
      readonly name: 'ready';
      readonly recycleAsked: boolean;
      readonly failures: Failures | null;
    } & Life)
  | ({ readonly name: 'draining'; readonly why: DrainWhy } & Life)
  /** With failures it comes back as failed when it has ended; without, it leaves for good. */
  | {
      readonly name: 'stopping';
      readonly since: number;
      readonly why: StopWhy;
      readonly failures: Failures | null;
    }
  | { readonly name: 'failed'; readonly failures: Failures; readonly retryAt: number }
  | { readonly name: 'given-up'; readonly failures: Failures; readonly since: number };

export type StateName = ServerState['name'];

export type Server = {
  /** Of an own one: its place in the pool, kept over restarts and never used again after it has left. */
  readonly id: string;
  readonly kind: ServerKind;
  /** Where it listens or last did; `null` for a remote. */
  readonly port: number | null;
  readonly state: ServerState;
};

export type ServerIn<N extends StateName> = Server & {
  readonly state: Extract<ServerState, { readonly name: N }>;
};

export function isIn<N extends StateName>(server: Server, ...names: readonly N[]): server is ServerIn<N> {
  return names.some((name) => name === server.state.name);
}

export function startingState(failures: Failures | null, now: number): ServerIn<'starting'>['state'] {
  return { name: 'starting', since: now, failures };
}

export function readyState(failures: Failures | null, now: number): ServerIn<'ready'>['state'] {
  const life = { startedAt: now, tasks: [], tasksDone: 0, rssBytes: null };
  const probes = { probedAt: now, lastProbeOkAt: now, probesFailed: 0, isDoubted: false };
  return { name: 'ready', recycleAsked: false, failures, ...life, ...probes };
}

export function drain(server: ServerIn<'ready'>, why: DrainWhy): Server {
  const { failures, recycleAsked, ...life } = server.state;
  return { ...server, state: { ...life, name: 'draining', why } };
}

export function revive({ state, ...server }: ServerIn<'draining'>): Server {
  const { why, ...life } = state;
  return { ...server, state: { ...life, name: 'ready', recycleAsked: false, failures: null } };
}
