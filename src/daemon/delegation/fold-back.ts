/** What a delegated task has changed and decided, written down for the next ones and for whoever takes over. */
import { appendWork } from '../../adapters/files/delegated-work.ts';
import type { Paths } from '../../adapters/files/paths.ts';
import { projectFolder } from '../../adapters/files/project-notes.ts';
import { createScrub } from '../../context/scrub.ts';
import { scrubValue } from '../../context/scrub-value.ts';
import { sumUpReport } from '../../core/context/sum-up-report.ts';

export type FinishedWork = {
  readonly sessionId: string | undefined;
  readonly directory: string;
  readonly agent: string;
  readonly report: string;
  readonly files: readonly string[];
};

export type FoldBack = (work: FinishedWork) => Promise<void>;

type Parts = {
  readonly paths: Paths;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

export function createFoldBack({ paths, now, onProblem }: Parts): FoldBack {
  return async ({ sessionId, directory, agent, report, files }) => {
    if (sessionId === undefined) return;
    try {
      const { text } = await scrubValue({ text: report }, await createScrub(directory));
      const work = { sessionId, agent, ...sumUpReport(text), files, at: now() };
      const written = await appendWork(projectFolder(paths.handoffDir, directory), work);
      if (written.kind === 'failed') onProblem('context-not-kept', written.failure.message);
    } catch (error) {
      onProblem('context-not-kept', String(error));
    }
  };
}
