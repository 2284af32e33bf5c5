import { basename } from 'node:path';
import type { Environment } from '../../adapters/files/paths.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;

export type Shell = (typeof SHELLS)[number];

/** The shell that the user logs in with; `null` for one that has no completions of ours. */
export function loginShell(env: Environment): Shell | null {
  const name = basename(env.SHELL ?? (process.platform === 'win32' ? 'powershell' : ''))
    .replace(/\.exe$/, '')
    .replace('pwsh', 'powershell');
  return SHELLS.find((shell) => shell === name) ?? null;
}
