// What delegated tasks have done for a session: one line each, in the folder of their project.
import path from 'node:path';
import type { DelegatedWork } from '../../core/context/work-context.ts';
import { appendLog, type LogWrite } from './append-log.ts';
import { formatTime } from './parse-time.ts';
import { readLog } from './read-log.ts';

export type WorkDone = DelegatedWork & {
  readonly sessionId: string;
  readonly at: number;
  readonly decisions: readonly string[];
};

/** It is read for each context that is built. */
const MAX_BYTES = 128 * 1024;
const KEPT = 20;

export function appendWork(folder: string, work: WorkDone): Promise<LogWrite> {
  return appendLog(logIn(folder), JSON.stringify({ ...work, at: formatTime(work.at) }), MAX_BYTES);
}

/** Of one session, the last one first. What cannot be read is nothing. */
export async function readWork(folder: string, sessionId: string): Promise<readonly WorkDone[]> {
  const lines = await readLog(logIn(folder)).catch(() => []);
  const works = lines.flatMap((line): readonly WorkDone[] => {
    const { agent, said, files, decisions, at } = line;
    if (line.sessionId !== sessionId || typeof agent !== 'string' || typeof said !== 'string') return [];
    const when = typeof at === 'string' ? Date.parse(at) || 0 : 0;
    return [{ sessionId, agent, said, files: textsIn(files), decisions: textsIn(decisions), at: when }];
  });
  return works.slice(-KEPT).reverse();
}

function logIn(folder: string): string {
  return path.join(folder, 'work.jsonl');
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
