/** Counts tasks for fusion-state.json. What could not be written, as on a full disk, is kept for the next try. */
import { type FusionState, fusionStateSpec, NO_FUSION_STATE } from '../../adapters/files/fusion-state.ts';
import { updateStateFile } from '../../adapters/files/state-file.ts';
import { describeDamage } from '../describe-damage.ts';

export type Counts = {
  readonly totalTasks: number;
  readonly routed: number;
  readonly tokens: number;
  /** Tasks by canonical provider name. */
  readonly byProvider: Readonly<Record<string, number>>;
};

export type FusionCounter = {
  add(counts: Partial<Counts>): void;
  /** Writes what is not on disk yet, or tries to. */
  flush(): Promise<void>;
};

export type CounterOptions = {
  readonly file: string;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
  /** The file is current to within this time. */
  readonly writeAfterMs?: number;
  readonly retryAfterMs?: number;
};

const NOTHING: Counts = { totalTasks: 0, routed: 0, tokens: 0, byProvider: {} };

export function createFusionCounter(options: CounterOptions): FusionCounter {
  const { file, now, onProblem, writeAfterMs = 2_000, retryAfterMs = 10_000 } = options;
  let unwritten = NOTHING;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let isFailing = false;

  const write = async () => {
    const added = unwritten;
    unwritten = NOTHING;
    const update = (state: FusionState | null) => countInto(state ?? NO_FUSION_STATE, added, now());
    const written = await updateStateFile(fusionStateSpec(file), update);
    if (written.kind === 'failed') {
      unwritten = sum(added, unwritten);
      // Once for each time that the trouble begins, and not with every try.
      if (!isFailing) onProblem('fusion-state', written.failure.message);
    } else if (written.setAside !== null) {
      onProblem('state-damaged', describeDamage(file, written.setAside));
    }
    isFailing = written.kind === 'failed';
    if (isFailing) schedule();
  };
  const writeNow = () => {
    timer = null;
    writing = writing.then(write).catch((error: unknown) => onProblem('internal', String(error)));
  };
  const schedule = () => {
    timer ??= setTimeout(writeNow, isFailing ? retryAfterMs : writeAfterMs).unref();
  };

  return {
    add: (counts) => {
      unwritten = sum(unwritten, { ...NOTHING, ...counts });
      schedule();
    },
    flush: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        writeNow();
      }
      await writing;
    },
  };
}

function sum(a: Counts, b: Counts): Counts {
  return {
    totalTasks: a.totalTasks + b.totalTasks,
    routed: a.routed + b.routed,
    tokens: a.tokens + b.tokens,
    byProvider: sumByProvider(a.byProvider, b.byProvider),
  };
}

function sumByProvider(a: Counts['byProvider'], b: Counts['byProvider']): Counts['byProvider'] {
  const providers = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...providers].map((name) => [name, (a[name] ?? 0) + (b[name] ?? 0)]));
}

function countInto(state: FusionState, added: Counts, at: number): FusionState {
  return {
    ...state,
    byProvider: sumByProvider(state.byProvider, added.byProvider),
    totalTasks: state.totalTasks + added.totalTasks,
    routedToOpenCode: state.routedToOpenCode + added.routed,
    estimatedSavedTokens: state.estimatedSavedTokens + added.tokens,
    lastUpdated: at,
  };
}
