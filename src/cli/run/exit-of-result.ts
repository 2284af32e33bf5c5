import type { Exit } from '../exit-codes.ts';
import { exitOfFailure } from './failure-exits.ts';
import type { TaskResult } from './task-result.ts';

export function exitOfResult({ decision, failure }: TaskResult): Exit {
  if (failure !== null)
    return failure.code === 'daemon-lost' ? 'daemonUnreachable' : exitOfFailure(failure.code);
  return decision?.route === false ? 'notRouted' : 'ok';
}
