import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Where scripts/system-packages.sh puts it; whoever has Prometheus has it on the PATH. */
const PLACES = ['promtool', join(import.meta.dirname, '..', '..', '.cache', 'tools', 'promtool')];

export function findPromtool(): string | undefined {
  return PLACES.find((program) => spawnSync(program, ['--version']).status === 0);
}
