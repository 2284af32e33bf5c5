/** Knows how the models have done, says which one takes a task, and keeps that over restarts. */
import { readJsonObject } from '../../adapters/files/read-json-object.ts';
import { writePrivateFile } from '../../adapters/files/write-private-file.ts';
import { seededRandom } from '../../core/balancing/seeded-random.ts';
import type { Resting } from '../../core/circuit/list-resting.ts';
import type { Return } from '../../core/circuit/may-try.ts';
import type { Config } from '../../core/config/schema.ts';
import type { Failure, FailureCode } from '../../core/delegation/failure.ts';
import { firstTargetBack, listRestingTargets, mayTryTarget } from '../../core/dispatch/circuit-keys.ts';
import { type AttemptNote, noteAttemptBegan, noteAttemptEnded } from '../../core/dispatch/note-attempt.ts';
import { type Order, orderTargets } from '../../core/dispatch/order-targets.ts';
import { NO_STANDING, parseStanding, type Standing } from '../../core/dispatch/standing.ts';
import type { RoutedDecision, Target } from '../../core/routing/decision.ts';
import { adoptCircuits, type ToldCircuit, withoutTold } from '../../core/sharing/adopt-circuits.ts';
import { type CircuitChange, type CircuitNews, findNews, listNews } from '../../core/sharing/circuit-news.ts';

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
  /** Which of these rest now, and who has found it out. */
  resting(targets: readonly Target[]): readonly Resting[];
  /** From now on a team hears of what is found out here; to be called once `start` has resolved. */
  share(accounts: readonly string[], tell: (news: readonly CircuitNews[]) => void): TeamLink;
  /** Writes what is not on disk yet. */
  stop(): Promise<void>;
};

/** `accounts`: of the providers that this machine asks with the team's. */
export type TeamLink = {
  /** All that the others have found out. */
  adopt(told: readonly ToldCircuit[]): void;
  /** What they may not know (any more). */
  list(): readonly CircuitNews[];
};

export type DispatchOptions = {
  /** Without a team, what others have once told counts no more. */
  readonly isShared?: boolean;
  readonly file: string;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

/** Many tasks end together; the newest state is written once. */
const WRITE_DELAY_MS = 1_000;

export function createDispatch({ file, now, onProblem, isShared = false }: DispatchOptions): Dispatch {
  let standing = NO_STANDING;
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> = Promise.resolve();
  let tell: (change: CircuitChange) => void = () => undefined;

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

  const moveOn = (next: Standing, failure: Failure | null) => {
    const { circuits: before } = standing;
    become(next);
    tell({ before, after: next.circuits, failure });
  };

  return {
    start: async () => {
      const read = await readJsonObject(file);
      if (read.kind === 'ok') standing = parseStanding(read.raw);
      if (!isShared) standing = { ...standing, circuits: withoutTold(standing.circuits) };
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
      moveOn(noteAttemptBegan(standing, target, now()), null);
      return null;
    },
    firstBack: (targets) => firstTargetBack(standing.circuits, targets, now()),
    ended: (note) => moveOn(noteAttemptEnded(standing, { ...note, now: now() }), note.failure),
    standing: () => standing,
    resting: (targets) => listRestingTargets(standing.circuits, targets, now()),
    share: (accounts, onNews) => {
      tell = (change) => {
        const news = findNews(change, { accounts, now: now() });
        if (news.length > 0) onNews(news);
      };
      return {
        adopt: (told) => {
          const circuits = adoptCircuits(standing.circuits, { told, accounts, now: now() });
          if (circuits !== standing.circuits) become({ ...standing, circuits });
        },
        list: () => listNews(standing.circuits, { accounts, now: now() }),
      };
    },
    stop: async () => {
      if (timer !== null) {
        clearTimeout(timer);
        write();
      }
      await writing;
    },
  };
}
