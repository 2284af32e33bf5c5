/**
 * The logs of decisions and outcomes. Lines are written one after the other, in the order in which things happened:
 * so what is on disk is always a beginning of what happened, and one line says up to where.
 */
import type { LogWrite } from '../../adapters/files/append-log.ts';
import type { Counted } from '../../adapters/files/metrics-state.ts';
import { appendOutcome, type OutcomeEntry } from '../../adapters/files/outcome-log.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import type { RoutingLogEntry, RoutingLogExtra } from '../../adapters/files/routing-line.ts';
import { appendRoutingLog } from '../../adapters/files/routing-log.ts';

export type Journal = {
  decision(entry: RoutingLogEntry, extra: RoutingLogExtra): void;
  /** What became of a decision that has its line already. */
  afterwards(entry: RoutingLogEntry, extra: RoutingLogExtra): void;
  outcome(entry: OutcomeEntry): void;
  /** `work` gets the last lines that are on disk of those that were given before. */
  afterLines<T>(work: (written: Partial<Counted>) => Promise<T>): Promise<T>;
};

export type JournalOptions = {
  readonly paths: Pick<Paths, 'routingLogFile' | 'outcomeLogFile'>;
  readonly onProblem: (code: string, message: string) => void;
};

export function createJournal({ paths, onProblem }: JournalOptions): Journal {
  let turn: Promise<unknown> = Promise.resolve();
  let written: Partial<Counted> = {};

  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const write = (code: string, append: () => Promise<LogWrite>, marks: Partial<Counted>) => {
    inTurn(async () => {
      const done = await append();
      if (done.kind === 'failed') onProblem(code, done.failure.message);
      else written = { ...written, ...marks };
    }).catch((error: unknown) => onProblem('internal', String(error)));
  };
  const routing = (entry: RoutingLogEntry, extra: RoutingLogExtra, marks: Partial<Counted>) =>
    write('routing-log', () => appendRoutingLog(paths.routingLogFile, entry, { extra }), marks);

  return {
    decision: (entry, extra) => routing(entry, extra, { decision: entry.requestId }),
    afterwards: (entry, extra) => routing(entry, extra, {}),
    outcome: (entry) =>
      write('task-outcomes', () => appendOutcome(paths.outcomeLogFile, entry), { outcome: entry.requestId }),
    afterLines: (work) => inTurn(() => work(written)),
  };
}
