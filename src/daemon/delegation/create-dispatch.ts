/** Knows how the models have done, says which one takes a task, and keeps that over restarts. */
import { readJsonObject } from '../../adapters/files/read-json-object.ts';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import { seededRandom } from '../../core/balancing/seeded-random.ts';
import type { Return } from '../../core/circuit/may-try.ts';
import type { Config } from '../../core/config/schema.ts';
import type { FailureCode } from '../../core/delegation/failure.ts';
import { firstTargetBack, mayTryTarget } from '../../core/dispatch/circuit-keys.ts';
import { type AttemptNote, noteAttemptBegan, noteAttemptEnded } from '../../core/dispatch/note-attempt.ts';
import { type Order, orderTargets } from '../../core/dispatch/order-targets.ts';
import { NO_STANDING, parseStanding, type Standing } from '../../core/dispatch/standing.ts';
import type { RoutedDecision, Target } from '../../core/routing/decision.ts';

export type Dispatch = {
  /** Reads what an earlier daemon has learned. */
  start(): Promise<void>;
  /** `task`: its id, from which follow the random numbers of its pick. */
  order(decision: RoutedDecision, config: Config, task: string): Order;
  /** For a model that was named: it, or nobody. */
  orderAsked(target: Target): Order;
  mayTry(target: Target): boolean;
  /** To be asked right before the prompt; why the target rests, which another task may have found out meanwhile. */
  begin(target: Target): FailureCode | null;
  /** Who of these comes back first; `null` where nobody is out. */
  firstBack(targets: readonly Target[]): Return | null;
  ended(note: Omit<AttemptNote, 'now'>): void;
  standing(): Standing;
  /** Writes what is not on disk yet. */
  stop(): Promise<void>;
};

export type DispatchOptions = {
  readonly file: string;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** Many tasks end together; the newest state is written once. */
const WRITE_DELAY_MS = 1_000;

export function createDispatch({ file, now, onProblem }: DispatchOptions): Dispatch {
  let standing = NO_STANDING;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();

  const write = () => {
    timer = null;
    writing = writing
      .then(() => writePrivateFile(file, `${JSON.stringify(standing)}\n`))
      .catch((error: unknown) => onProblem('providers-not-kept', String(error)));
  };
  const become = (next: Standing) => {
    if (next === standing) return;
    standing = next;
    timer ??= setTimeout(write, WRITE_DELAY_MS).unref();
  };

  return {
    start: async () => {
      const read = await readJsonObject(file);
      if (read.kind === 'ok') standing = parseStanding(read.raw);
      if (read.kind === 'failed') onProblem('providers-not-read', read.failure.message);
    },
    order: (decision, config, task) => {
      const ordered = orderTargets(standing, {
        role: decision.role,
        targets: [decision.target, ...decision.alternatives],
        roleModels: config.targets[decision.role],
        claudeMayAnswer: decision.step === 'mode' || decision.step === 'default',
        strategy: config.routing.balance,
        weights: config.routing.weights,
        now: now(),
        random: seededRandom(task),
      });
      become(ordered.standing);
      return ordered.order;
    },
    orderAsked: (target) => {
      if (mayTryTarget(standing.circuits, target, now()).may)
        return { kind: 'targets', targets: [target], choice: null };
      const back = firstTargetBack(standing.circuits, [target], now());
      return { kind: 'none', back: back ?? { key: '', at: now(), code: null } };
    },
    mayTry: (target) => mayTryTarget(standing.circuits, target, now()).may,
    begin: (target) => {
      const leave = mayTryTarget(standing.circuits, target, now());
      if (!leave.may) return leave.code;
      become(noteAttemptBegan(standing, target, now()));
      return null;
    },
    firstBack: (targets) => firstTargetBack(standing.circuits, targets, now()),
    ended: (note) => become(noteAttemptEnded(standing, { ...note, now: now() })),
    standing: () => standing,
    stop: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        write();
      }
      await writing;
    },
  };
}
