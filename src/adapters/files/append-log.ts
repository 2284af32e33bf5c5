// One more line in a log of ours, which is rotated when it is long enough.
import { appendLine } from './append-line.ts';
import { type FileFailure, failureFrom } from './file-failure.ts';
import { rotateFile } from './rotate-file.ts';

export type LogWrite =
  | { readonly kind: 'written' }
  | { readonly kind: 'failed'; readonly failure: FileFailure };

const MAX_BYTES = 5 * 1024 * 1024;

/** A failure is a value: a log that cannot be written must never cost a task, and must be counted. */
export async function appendLog(file: string, line: string, maxBytes = MAX_BYTES): Promise<LogWrite> {
  try {
    const size = await appendLine(file, line);
    if (size >= maxBytes) await rotateFile(file, maxBytes);
    return { kind: 'written' };
  } catch (error) {
    return { kind: 'failed', failure: failureFrom(error, file) };
  }
}
