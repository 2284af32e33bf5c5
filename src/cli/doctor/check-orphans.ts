/** Do OpenCode servers of ours run, though no daemon does that would end them? */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from '../../adapters/files/read-json-object.ts';
import { processIsAlive } from '../../adapters/processes/process-is-alive.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, ok, warn } from './finding.ts';

export async function checkOrphans(
  consulted: Consulted,
  stateDir: string,
  { doctor }: Messages,
): Promise<Finding> {
  const left =
    consulted.kind === 'running' ? [] : await serversLeft(join(stateDir, 'opencode', 'servers.json'));
  if (left.length === 0) return ok('orphans', doctor.orphans());
  return warn('orphans', doctor.orphansLeft(left.join(', ')), doctor.orphansRemedy());
}

/** Whether it is still the same process the next daemon finds out, by its start. */
async function serversLeft(file: string): Promise<readonly number[]> {
  try {
    const entries: unknown = JSON.parse(await readFile(file, 'utf8'));
    const pids = Array.isArray(entries) ? entries.filter(isJsonObject).map(({ pid }) => pid) : [];
    return pids.filter((pid): pid is number => typeof pid === 'number' && pid > 1 && processIsAlive(pid));
  } catch {
    return [];
  }
}
