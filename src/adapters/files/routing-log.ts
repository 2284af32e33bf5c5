// routing-log.jsonl: one line for each decision, for `why`, for scripts and for people.
import { appendLine } from './append-line.ts';
import { type FileFailure, failureFrom } from './file-failure.ts';
import { rotateFile } from './rotate-file.ts';
import { type RoutingLogEntry, type RoutingLogExtra, renderRoutingLine } from './routing-line.ts';

export type LogWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

const MAX_BYTES = 5 * 1024 * 1024;

/** A failure is a value: a log that cannot be written must never cost a task, and must be counted. */
export async function appendRoutingLog(
  file: string,
  entry: RoutingLogEntry,
  { extra = {}, maxBytes = MAX_BYTES }: { extra?: RoutingLogExtra; maxBytes?: number } = {},
): Promise<LogWrite> {
  try {
    const size = await appendLine(file, renderRoutingLine(entry, extra));
    if (size >= maxBytes) await rotateFile(file, maxBytes);
    return { kind: 'written' };
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, file) };
  }
}
