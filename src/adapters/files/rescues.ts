// rescues.json: in which sessions another model answers in Claude's place, or may not, until the window is back.
import { RESCUE_STATES, type RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import { formatTime, parseTime } from './parse-time.ts';
import { isJsonObject, type JsonObject } from './read-json-object.ts';
import type { StateFileSpec } from './state-file.ts';

export function rescuesSpec(file: string): StateFileSpec<readonly RescueStanding[]> {
  return {
    file,
    migrations: [],
    parse: ({ sessions }) => ({
      value: Array.isArray(sessions) ? sessions.filter(isJsonObject).flatMap(parseStanding) : [],
      problems: [],
    }),
    serialise: (standings) => ({
      sessions: standings.map(({ since, until, ...rest }) => ({
        ...rest,
        since: formatTime(since),
        until: formatTime(until),
      })),
    }),
  };
}

function parseStanding(raw: JsonObject): readonly RescueStanding[] {
  const { sessionId, model } = raw;
  const state = RESCUE_STATES.find((known) => known === raw.state);
  const since = parseTime(raw.since);
  if (typeof sessionId !== 'string' || sessionId === '' || state === undefined || since === null) return [];
  return [
    { sessionId, state, model: typeof model === 'string' ? model : null, since, until: parseTime(raw.until) },
  ];
}
