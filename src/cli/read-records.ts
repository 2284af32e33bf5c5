import { type DecisionRecord, readDecisionRecords } from '../adapters/files/decision-records.ts';
import { failureFrom } from '../adapters/files/file-failure.ts';
import type { Cli } from './cli.ts';
import { CommandError } from './command-error.ts';

/** The log itself is read, so that it can be asked while no daemon runs. */
export async function readRecords({ paths, m }: Cli): Promise<readonly DecisionRecord[]> {
  const { routingLogFile, outcomeLogFile } = paths;
  try {
    return await readDecisionRecords(routingLogFile, outcomeLogFile);
  } catch (error) {
    const failure = failureFrom(error, routingLogFile);
    throw new CommandError({ code: 'log-unreadable', exit: 'failed', message: m.failures.file(failure) });
  }
}
