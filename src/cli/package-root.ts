// Where does this package lie, and in it the programs that we start? Our own file may be a chunk, so we look upwards.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NAME = 'oh-my-claude-money';

export function findPackageRoot(from = dirname(fileURLToPath(import.meta.url))): string | null {
  if (nameOf(from) === NAME) return from;
  return dirname(from) === from ? null : findPackageRoot(dirname(from));
}

export function daemonProgramIn(root: string): string {
  return join(root, 'plugin', 'dist', 'omcmd.js');
}

function nameOf(folder: string): unknown {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).name;
  } catch {
    return undefined;
  }
}
