// session-modes.json: the modes that were asked of single sessions, so that a daemon that starts anew knows them.
import { parseSessionMode, type SessionMode } from '../../core/session-mode/session-mode.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { StateFileSpec } from './state-file.ts';

export type ModeRecord = {
  readonly sessionId: string;
  readonly mode: SessionMode;
  readonly since: number;
  /** Something of the session was last heard then, or a little later. */
  readonly usedAt: number;
  /** Claude Code's process, where it was known. */
  readonly claudePid: number | null;
  readonly directory: string | null;
};

/** A list, not an object by id: what a state file's object no longer names is kept as somebody else's. */
export function sessionModesSpec(file: string): StateFileSpec<readonly ModeRecord[]> {
  return {
    file,
    migrations: [],
    parse: ({ sessions }) => ({
      value: Array.isArray(sessions) ? sessions.filter(isJsonObject).flatMap(parseRecord) : [],
      problems: [],
    }),
    serialise: (records) => ({ sessions: records.map(serialiseRecord) }),
  };
}

function parseRecord(raw: JsonObject): readonly ModeRecord[] {
  const { sessionId, claudePid, directory } = raw;
  const mode = parseSessionMode(raw.mode);
  const since = parseTime(raw.since);
  if (typeof sessionId !== 'string' || sessionId === '' || mode === null || since === null) return [];
  return [
    {
      sessionId,
      mode,
      since,
      usedAt: parseTime(raw.usedAt) ?? since,
      claudePid:
        typeof claudePid === 'number' && Number.isInteger(claudePid) && claudePid > 0 ? claudePid : null,
      directory: typeof directory === 'string' ? directory : null,
    },
  ];
}

function serialiseRecord({ since, usedAt, ...record }: ModeRecord): JsonObject {
  return { ...record, since: formatTime(since), usedAt: formatTime(usedAt) };
}
