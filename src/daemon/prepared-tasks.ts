/**
 * Tasks that were announced when Claude Code began to start their subagent, and are prepared by the time it asks.
 * Starting a subagent takes Claude Code some tens of milliseconds; the preparation takes place in them.
 */
import type { ParsedPrepareRequest } from '../protocol/task.ts';
import type { Preparation } from './prepare-task.ts';

export type PreparedTasks = {
  add(request: ParsedPrepareRequest, preparation: Preparation): void;
  /** The preparation for this call, if it was announced and is the same call still. It is given once. */
  take(request: ParsedPrepareRequest): Preparation | null;
};

/** A subagent that has not asked by now was refused, or asks another way. */
const KEPT_MS = 15_000;

export function createPreparedTasks(): PreparedTasks {
  const prepared = new Map<string, { readonly preparation: Preparation; readonly timer: NodeJS.Timeout }>();

  const remove = (key: string): Preparation | null => {
    const found = prepared.get(key);
    if (found === undefined) return null;
    clearTimeout(found.timer);
    prepared.delete(key);
    return found.preparation;
  };

  return {
    add: (request, preparation) => {
      const key = keyOf(request);
      const replaced = remove(key);
      if (replaced !== null) discard(replaced);
      const expire = () => {
        const unused = remove(key);
        if (unused !== null) discard(unused);
      };
      prepared.set(key, { preparation, timer: setTimeout(expire, KEPT_MS).unref() });
    },
    take: (request) => (request.toolUseId === undefined || request.resumed ? null : remove(keyOf(request))),
  };
}

function discard({ done }: Preparation): void {
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
