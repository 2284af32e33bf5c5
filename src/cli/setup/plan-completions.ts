/**
 * Completion in the user's shells. bash and fish read a file of ours when it is first needed; zsh and PowerShell need a
 * few lines in the file that they start with.
 */
import { join } from 'node:path';
import type { Environment } from '../../adapters/files/paths.ts';
import type { Cli } from '../cli.ts';
import type { Shell } from '../completion/shells.ts';
import type { Change } from './change.ts';
import { withBlock } from './marked-block.ts';
import { placesOf } from './places.ts';
import { readBytes } from './user-file.ts';

type Installed = {
  readonly file: string;
  readonly lines: readonly string[];
  /** The file is all ours, or holds a block of ours. */
  readonly kind: 'whole' | 'block';
};

export async function planCompletions(cli: Cli, shells: readonly Shell[]): Promise<readonly Change[]> {
  const changes = await Promise.all(shells.map((shell) => planShell(cli, shell)));
  return changes.flat();
}

async function planShell(cli: Cli, shell: Shell): Promise<readonly Change[]> {
  const { file, lines, kind } = placeFor(shell, placesOf(cli).home, cli.env);
  const textOver = (now: string) => (kind === 'whole' ? `${lines.join('\n')}\n` : withBlock(now, lines));
  const now = (await readBytes(file))?.toString('utf8') ?? null;
  if (textOver(now ?? '') === now) return [];
  return [
    {
      id: 'completions',
      target: file,
      lines,
      apply: async (keeper) => {
        await keeper.guard(file);
        const there = (await readBytes(file))?.toString('utf8') ?? '';
        await keeper.write(file, textOver(there));
      },
    },
  ];
}

function placeFor(shell: Shell, home: string, env: Environment): Installed {
  const config = env.XDG_CONFIG_HOME || join(home, '.config');
  const data = env.XDG_DATA_HOME || join(home, '.local', 'share');
  switch (shell) {
    case 'bash':
      return {
        file: join(data, 'bash-completion', 'completions', 'omcm'),
        lines: ['source <(omcm completion bash)'],
        kind: 'whole',
      };
    case 'fish':
      return {
        file: join(config, 'fish', 'completions', 'omcm.fish'),
        lines: ['omcm completion fish | source'],
        kind: 'whole',
      };
    case 'zsh':
      return {
        file: join(env.ZDOTDIR || home, '.zshrc'),
        // Asked for at the first TAB: a shell should not wait for Node at its start.
        lines: [
          '_omcm_first() { source <(omcm completion zsh); (( $+functions[_omcm] )) && _omcm "$@"; }',
          '(( $+functions[compdef] )) && compdef _omcm_first omcm',
        ],
        kind: 'block',
      };
    case 'powershell':
      return {
        file: powershellProfile(home, config),
        lines: [
          'if (Get-Command omcm -ErrorAction SilentlyContinue) { omcm completion powershell | Out-String | Invoke-Expression }',
        ],
        kind: 'block',
      };
  }
}

function powershellProfile(home: string, config: string): string {
  const name = 'Microsoft.PowerShell_profile.ps1';
  return process.platform === 'win32'
    ? join(home, 'Documents', 'PowerShell', name)
    : join(config, 'powershell', name);
}
