// handoff/told.json: which sessions were told how to hand over, so that a daemon that starts anew is silent.
import type { Told } from '../../core/handoff/told.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { StateFileSpec } from './state-file.ts';

export type ToldRecord = Told & { readonly sessionId: string; readonly at: number };

export function toldHandoffsSpec(file: string): StateFileSpec<readonly ToldRecord[]> {
  return {
    file,
    migrations: [],
    parse: ({ sessions }) => ({
      value: Array.isArray(sessions) ? sessions.filter(isJsonObject).flatMap(parseRecord) : [],
      problems: [],
    }),
    serialise: (records) => ({
      sessions: records.map(({ at, until, ...record }) => ({
        ...record,
        at: formatTime(at),
        until: until === null ? null : formatTime(until),
      })),
    }),
  };
}

function parseRecord({ sessionId, at, until, byWord }: JsonObject): readonly ToldRecord[] {
  const when = parseTime(at);
  if (typeof sessionId !== 'string' || when === null) return [];
  return [{ sessionId, at: when, until: parseTime(until), byWord: byWord === true }];
}
