/** The user's own settings: a file with comments where there is none, and the chosen mode in one that is there. */
import { setConfigValue } from '../../adapters/files/edit-config.ts';
import { findConfigFile } from '../../adapters/files/find-config-file.ts';
import { loadConfig } from '../../adapters/files/load-config.ts';
import type { Mode } from '../../core/routing/mode.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { Change } from './change.ts';
import { readBytes } from './user-file.ts';

/** `null`: leave the one that is set. */
export async function planConfig({ m, paths, env }: Cli, mode: Mode | null): Promise<readonly Change[]> {
  const { file } = await findConfigFile(paths.userConfigFile);
  const isThere = (await readBytes(file)) !== null;
  const { config } = await loadConfig({ paths, env });
  if (!isThere) {
    const text = m.setup.configText(mode ?? 'shadow');
    return [
      {
        id: 'config',
        target: file,
        lines: text.trimEnd().split('\n'),
        apply: async (keeper) => {
          await keeper.guard(file);
          await keeper.write(file, text);
        },
      },
    ];
  }
  if (mode === null || config.mode === mode) return [];
  return [
    {
      id: 'config',
      target: file,
      lines: [`mode: ${config.mode} → ${mode}`],
      apply: async (keeper) => {
        await keeper.guard(file);
        const edit = await setConfigValue({ file, keyPath: 'mode', value: mode });
        if (edit.kind !== 'written') {
          const said = edit.kind === 'refused' ? edit.problem.message : m.failures.file(edit.failure);
          throw new CommandError({ code: 'not-written', exit: 'failed', message: said });
        }
        await keeper.note(file);
      },
    },
  ];
}
