/** The daemon's structured log: one JSON line an event, without secrets, rotated by size, readable by its owner only. */
import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Logger, pino } from 'pino';
import { createStream } from 'rotating-file-stream';
import { scrubLine } from './scrub-line.ts';
import { scrubLines } from './scrub-lines.ts';
import { createScrubbedWriter } from './scrubbed-writer.ts';

export type Log = Logger;

export type OpenLog = {
  readonly log: Log;
  /** For a process that has no time to close: what is not written yet is written at once. */
  flush(): void;
  close(): Promise<void>;
};

const FILE = 'omcmd.log';
const FIRST_AFTER_MS = 250;

/** For who has nobody to tell. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}

/** A log that cannot be written (full disk, read-only folder) must not stop the work: its errors end here. */
export function openLog(logsDir: string): OpenLog {
  try {
    mkdirSync(logsDir, { recursive: true, mode: 0o700 });
  } catch {
    return { log: silentLog(), flush: () => {}, close: async () => {} };
  }
  const stream = createStream(FILE, { path: logsDir, size: '5M', maxFiles: 3, mode: 0o600 });
  stream.on('error', () => {});
  const lines = createScrubbedWriter({
    scrub: scrubLines,
    scrubNow: scrubLine,
    write: (text) => void stream.write(text),
    firstAfterMs: FIRST_AFTER_MS,
  });
  const log = pino({ base: { pid: process.pid }, timestamp: pino.stdTimeFunctions.isoTime }, lines);
  return {
    log,
    flush: () => appendNow(join(logsDir, FILE), lines.takeRest()),
    close: async () => {
      await lines.settled();
      await new Promise<void>((resolve) => stream.end(() => resolve()));
    },
  };
}

function appendNow(file: string, text: string): void {
  if (text === '') return;
  try {
    appendFileSync(file, text, { mode: 0o600 });
  } catch {
    // A disk that takes nothing more: nobody is left to tell.
  }
}
