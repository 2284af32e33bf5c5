/** The daemon's structured log: one JSON line an event, rotated by size, readable by its owner only. */
import { mkdirSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import { createStream } from 'rotating-file-stream';
import { scrubLine } from './scrub-line.ts';

export type Log = Logger;

export type OpenLog = { readonly log: Log; close(): Promise<void> };

/** For who has nobody to tell. */
export function silentLog(): Log {
  return pino({ level: 'silent' });
}

/** A log that cannot be written (full disk, read-only folder) must not stop the work: its errors end here. */
export function openLog(logsDir: string): OpenLog {
  try {
    mkdirSync(logsDir, { recursive: true, mode: 0o700 });
  } catch {
    return { log: silentLog(), close: async () => {} };
  }
  const stream = createStream('omcmd.log', { path: logsDir, size: '5M', maxFiles: 3, mode: 0o600 });
  stream.on('error', () => {});
  const log = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      hooks: { streamWrite: scrubLine },
    },
    stream,
  );
  return { log, close: () => new Promise((resolve) => stream.end(() => resolve())) };
}
