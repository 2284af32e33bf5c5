/** How did this `omcm` come to this machine? So is it brought up to date. */
import { existsSync } from 'node:fs';
import { join, sep } from 'node:path';

/** `marketplace`: it lies in Claude Code's clone of a git marketplace. */
export type Installation = 'marketplace' | 'npm' | 'clone';

/** @param claudeDir Claude Code's own folder */
export function installationAt(root: string, claudeDir: string): Installation {
  if (root.startsWith(join(claudeDir, 'plugins', 'marketplaces') + sep)) return 'marketplace';
  return existsSync(join(root, '.git')) ? 'clone' : 'npm';
}

const UPDATE_PLUGIN = 'claude plugin marketplace update omcm && claude plugin update omcm@omcm';

export function commandToUpdate(installation: Installation, root: string): string {
  switch (installation) {
    case 'marketplace':
      return UPDATE_PLUGIN;
    case 'npm':
      return 'npm install -g oh-my-claude-money@latest';
    case 'clone':
      return `cd ${quoted(root)} && git pull && npm ci && npm run build`;
  }
}

/** Of a plugin that came from elsewhere than this `omcm`. */
export function commandToUpdatePlugin(key: string): string {
  const [, marketplace = 'omcm'] = key.split('@');
  return `claude plugin marketplace update ${marketplace} && claude plugin update ${key}`;
}

function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}
