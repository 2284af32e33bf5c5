import { readStateFile, type StateFileSpec } from '../../adapters/files/state-file.ts';
import type { Cli } from '../cli.ts';

/** What cannot be used is told, and counts as missing. */
export async function readState<T>({ output, m }: Cli, spec: StateFileSpec<T>, missing: T): Promise<T> {
  const read = await readStateFile(spec);
  if (read.kind === 'ok') return read.value;
  if (read.kind === 'damaged') output.say(m.route.stateDamaged(spec.file, read.setAside));
  if (read.kind === 'failed') output.say(m.failures.file(read.failure));
  return missing;
}
