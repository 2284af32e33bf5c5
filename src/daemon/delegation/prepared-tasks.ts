/**
 * Tasks that were announced when Claude Code began to start their subagent, and are prepared by the time it asks.
 * Starting a subagent takes Claude Code some tens of milliseconds; the preparation takes place in them.
 */
import type { ParsedPrepareRequest } from '../../protocol/task.ts';
import type { Preparation } from './prepare-task.ts';

export type PreparedTasks = {
  /** `hangsOnPrompt`: it was decided without the prompt, and may be otherwise with it. */
  add(request: ParsedPrepareRequest, preparation: Preparation, hangsOnPrompt?: Promise<boolean>): void;
  /** To be called before it is taken: throws away what was decided too soon. */
  check(request: ParsedPrepareRequest): Promise<void>;
  /** The preparation for this call, if it was announced and is the same call still. It is given once. */
  take(request: ParsedPrepareRequest): Preparation | null;
};

/** A subagent that has not asked by now was refused, or asks another way. */
const KEPT_MS = 15_000;

const NEVER_HANGS = Promise.resolve(false);

type Entry = {
  readonly preparation: Preparation;
  readonly hangsOnPrompt: Promise<boolean>;
  readonly timer: NodeJS.Timeout;
};

export function createPreparedTasks(): PreparedTasks {
  const prepared = new Map<string, Entry>();

  const remove = (key: string): Preparation | null => {
    const found = prepared.get(key);
    if (found === undefined) return null;
    clearTimeout(found.timer);
    prepared.delete(key);
    return found.preparation;
  };

  return {
    add: (request, preparation, hangsOnPrompt = NEVER_HANGS) => {
      const key = keyOf(request);
      const replaced = remove(key);
      if (replaced !== null) discard(replaced);
      const expire = () => {
        const unused = remove(key);
        if (unused !== null) discard(unused);
      };
      // A check that failed says nothing for the preparation: the call is decided anew.
      const hangs = hangsOnPrompt.catch(() => true);
      prepared.set(key, {
        preparation,
        hangsOnPrompt: hangs,
        timer: setTimeout(expire, KEPT_MS).unref(),
      });
    },
    check: async (request) => {
      const key = keyOf(request);
      const entry = prepared.get(key);
      if (entry === undefined || !(await entry.hangsOnPrompt) || prepared.get(key) !== entry) return;
      const tooSoon = remove(key);
      if (tooSoon !== null) discard(tooSoon);
    },
    take: (request) => (request.toolUseId === undefined || request.resumed ? null : remove(keyOf(request))),
  };
}

function discard({ done, abandon }: Preparation): void {
  abandon();
  done
    .then(({ work }) => work?.firstSession)
    .then((session) => session?.discard())
    .catch(() => undefined);
}

/** All that the preparation depends on: a call that differs in any of it is another call. */
function keyOf({
  toolUseId,
  sessionId,
  agent,
  directory,
  permissionMode,
  mode,
}: ParsedPrepareRequest): string {
  return JSON.stringify([toolUseId, sessionId, agent, directory, permissionMode, mode]);
}
