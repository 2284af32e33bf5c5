/** In which sessions another model answers in Claude's place, or may not. Written down: a yes and a no outlive us. */
import { rescuesSpec } from '../../adapters/files/rescues.ts';
import { readStateFile, updateStateFile } from '../../adapters/files/state-file.ts';
import { holdsStill, type RescueStanding } from '../../core/native-tools/rescue-standing.ts';
import { describeDamage } from '../describe-damage.ts';

export type RescueDesk = {
  /** Takes over what an earlier daemon has written. */
  start(): Promise<void>;
  get(sessionId: string): RescueStanding | null;
  list(): readonly RescueStanding[];
  /** `next` gives what holds from now on. Whether anything is another now. */
  change(sessionId: string, next: (before: RescueStanding | null) => RescueStanding): boolean;
  /** Claude answers again, or the session is over. */
  forget(sessionId: string): void;
  flush(): Promise<void>;
};

export type RescueDeskOptions = {
  readonly file: string;
  readonly now: () => number;
  /** It is another now. */
  readonly onChange: () => void;
  readonly onProblem: (code: string, message: string) => void;
};

export function createRescueDesk({ file, now, onChange, onProblem }: RescueDeskOptions): RescueDesk {
  const spec = rescuesSpec(file);
  const standings = new Map<string, RescueStanding>();
  let writing: Promise<void> = Promise.resolve();

  const get = (sessionId: string): RescueStanding | null => {
    const found = standings.get(sessionId);
    if (found === undefined) return null;
    if (holdsStill(found, now())) return found;
    standings.delete(sessionId);
    return null;
  };
  const list = () => [...standings.keys()].flatMap((sessionId) => get(sessionId) ?? []);
  const write = async () => {
    const update = await updateStateFile(spec, list);
    if (update.kind === 'failed') onProblem('rescues', update.failure.message);
    else if (update.setAside !== null) onProblem('state-damaged', describeDamage(file, update.setAside));
  };
  const changed = () => {
    writing = writing.then(write).catch((error: unknown) => onProblem('internal', String(error)));
    onChange();
  };

  return {
    start: async () => {
      const read = await readStateFile(spec);
      if (read.kind === 'damaged') onProblem('state-damaged', describeDamage(file, read.setAside));
      if (read.kind === 'failed') onProblem('state-unreadable', read.failure.message);
      for (const standing of read.kind === 'ok' ? read.value : [])
        standings.set(standing.sessionId, standing);
    },
    get,
    list,
    change: (sessionId, next) => {
      const before = get(sessionId);
      const after = next(before);
      const isSame = JSON.stringify(before) === JSON.stringify(after);
      standings.set(sessionId, after);
      if (!isSame) changed();
      return !isSame;
    },
    forget: (sessionId) => {
      if (standings.delete(sessionId)) changed();
    },
    flush: () => writing,
  };
}
