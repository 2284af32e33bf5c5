// A machine whose administrator has left settings for Claude Code: its file lies in a namespace of mounts of our own.

import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const hasNamespaces = (() => {
  try {
    execFileSync('unshare', ['--mount', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** What stands before a command that is to run on it. */
export function onManagedMachine(root: string, settings: object): readonly string[] {
  const etc = join(root, 'etc');
  execFileSync('cp', ['-a', '/etc/.', etc]);
  mkdirSync(join(etc, 'claude-code'), { recursive: true });
  writeFileSync(join(etc, 'claude-code', 'managed-settings.json'), JSON.stringify(settings));
  return ['unshare', '--mount', 'sh', '-c', 'mount --bind "$0" /etc && exec "$@"', etc];
}
