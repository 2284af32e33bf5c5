/** Whatever happens to a call is written down, counted and shown from here. */
import type { Status } from '../../protocol/status.ts';
import type { Ground } from '../ground.ts';
import type { Hud } from '../hud/create-hud.ts';
import type { LiveFeed } from '../live/live-feed.ts';
import { createSavingsBook, type SavingsBook } from '../live/savings-book.ts';
import { watchJournal } from '../live/watch-journal.ts';
import { createDecisionNotes, type DecisionNotes } from '../routing/decision-notes.ts';
import { createJournal } from './create-journal.ts';
import { createMetrics, type DaemonMetrics } from './create-metrics.ts';
import { createRecorder } from './create-recorder.ts';
import { createTracking, type Tracking } from './create-tracking.ts';
import type { ProblemList } from './problem-list.ts';
import type { Recorder } from './recorder.ts';

export type Records = {
  readonly recorder: Recorder;
  readonly notes: DecisionNotes;
  readonly metrics: DaemonMetrics;
  readonly tracking: Tracking;
  readonly savings: SavingsBook;
};

export type RecordsParts = {
  readonly feed: LiveFeed;
  readonly problems: ProblemList;
  readonly hud: () => Pick<Hud, 'changed' | 'taskEnded' | 'failedOpen'>;
  readonly status: () => Promise<Status>;
};

export function keepRecords(
  { paths, configOf, now, log, onProblem }: Ground,
  { feed, problems, hud, status }: RecordsParts,
): Records {
  const notes = createDecisionNotes();
  const journal = createJournal({ paths, onProblem });
  const tracking = createTracking({ paths, journal, now, onProblem });
  const metrics = createMetrics(status);
  const config = () => configOf(undefined);
  const savings = createSavingsBook({ file: paths.outcomeLogFile, config, now });
  const recorder = createRecorder({
    paths,
    journal: watchJournal(journal, feed),
    problems,
    notes,
    track: (event) => {
      tracking.record(event);
      if (event.type === 'routing') metrics.decided(event);
      hud().changed();
    },
    onOutcome: (line) => {
      metrics.ended(line);
      hud().taskEnded(line);
      savings.taskEnded(line);
    },
    onFailedOpen: () => hud().failedOpen(),
    now,
    log,
  });
  return { recorder, notes, metrics, tracking, savings };
}
