/**
 * What was asked of single sessions. It ends with its session: when that says so, when its Claude Code is gone, or
 * when nothing was heard of it for a day. Written down, since a session outlives the daemon.
 */
import { type ModeRecord, sessionModesSpec } from '../../adapters/files/session-modes.ts';
import { readStateFile, updateStateFile } from '../../adapters/files/state-file.ts';
import { processIsAlive } from '../../adapters/processes/process-is-alive.ts';
import type { SessionMode } from '../../core/session-mode/session-mode.ts';
import { describeDamage } from '../describe-damage.ts';

export type SessionModes = {
  /** Takes over what an earlier daemon has written. */
  start(): Promise<void>;
  /** Somebody works in this session: the mode stays. */
  use(sessionId: string | undefined): SessionMode | undefined;
  get(sessionId: string): ModeRecord | null;
  list(): readonly ModeRecord[];
  /** Whether it was another one before. */
  set(asked: AskedMode): boolean;
  /** The mode that has ended. */
  end(sessionId: string): SessionMode | null;
  flush(): Promise<void>;
};

export type AskedMode = Pick<ModeRecord, 'sessionId' | 'mode' | 'claudePid' | 'directory'>;

export type SessionModesOptions = {
  readonly file: string;
  readonly now: () => number;
  readonly onProblem: (code: string, message: string) => void;
};

const KEPT_UNUSED_MS = 24 * 3_600_000;
/** So that a session at work does not have the file written at each call. */
const NOTE_USE_AFTER_MS = 3_600_000;

export function createSessionModes({ file, now, onProblem }: SessionModesOptions): SessionModes {
  const spec = sessionModesSpec(file);
  const records = new Map<string, ModeRecord>();
  let writing: Promise<void> = Promise.resolve();

  const living = (sessionId: string): ModeRecord | null => {
    const found = records.get(sessionId);
    if (found === undefined) return null;
    if (holds(found, now())) return found;
    records.delete(sessionId);
    return null;
  };
  const list = () => [...records.keys()].flatMap((sessionId) => living(sessionId) ?? []);
  const write = async () => {
    const update = await updateStateFile(spec, list);
    if (update.kind === 'failed') onProblem('session-modes', update.failure.message);
    else if (update.setAside !== null) onProblem('state-damaged', describeDamage(file, update.setAside));
  };
  const keep = () => {
    writing = writing.then(write).catch((error: unknown) => onProblem('internal', String(error)));
  };

  return {
    start: async () => {
      const read = await readStateFile(spec);
      if (read.kind === 'damaged') onProblem('state-damaged', describeDamage(file, read.setAside));
      if (read.kind === 'failed') onProblem('state-unreadable', read.failure.message);
      for (const record of read.kind === 'ok' ? read.value : []) records.set(record.sessionId, record);
    },
    use: (sessionId) => {
      const found = sessionId === undefined ? null : living(sessionId);
      if (found === null) return undefined;
      records.set(found.sessionId, { ...found, usedAt: now() });
      if (now() - found.usedAt > NOTE_USE_AFTER_MS) keep();
      return found.mode;
    },
    get: living,
    list,
    set: (asked) => {
      const before = living(asked.sessionId);
      const since = before?.mode === asked.mode ? before.since : now();
      records.set(asked.sessionId, { ...asked, since, usedAt: now() });
      keep();
      return before?.mode !== asked.mode;
    },
    end: (sessionId) => {
      const ended = living(sessionId);
      records.delete(sessionId);
      if (ended !== null) keep();
      return ended?.mode ?? null;
    },
    flush: () => writing,
  };
}

function holds({ usedAt, claudePid }: ModeRecord, now: number): boolean {
  return now - usedAt < KEPT_UNUSED_MS && (claudePid === null || processIsAlive(claudePid));
}
