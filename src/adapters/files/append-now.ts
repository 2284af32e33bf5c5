// Lines that must be on their way to the disk before anything else happens: written at once, by one call.
import { appendFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { errorCode, type FileFailure, failureFrom } from './file-failure.ts';

/** `null`: written. A process that is killed right after it loses none of it. */
export function appendNow(file: string, text: string): FileFailure | null {
  try {
    append(file, text);
    return null;
  } catch (error) {
    return failureFrom(error, file);
  }
}

function append(file: string, text: string): void {
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch (error) {
    if (errorCode(error) !== 'ENOENT') throw error;
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    appendFileSync(file, text, { mode: 0o600 });
  }
}
