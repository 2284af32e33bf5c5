/** Our status line, around the one that is there. */
import { join } from 'node:path';
import { setInJsonText } from '../../adapters/files/edit-json-text.ts';
import { isJsonObject } from '../../adapters/files/read-json-object.ts';
import {
  parseStatusLineCommand,
  renderStatusLineCommand,
} from '../../core/status-line/status-line-command.ts';
import type { Cli } from '../cli.ts';
import type { Change } from './change.ts';
import { readSettingsText } from './claude-settings-text.ts';
import { placesOf } from './places.ts';
import type { Machine } from './survey-machine.ts';
import { readBytes } from './user-file.ts';

export function planStatusLine(cli: Cli, { settings, hasCurl }: Machine, root: string): readonly Change[] {
  const file = placesOf(cli).settings;
  const text = settings ?? '{}\n';
  const program = { root, hasCurl };
  const wrapped = withStatusLine(text, program);
  const around = earlierCommand(text);
  if (wrapped === text) return [];
  return [
    {
      id: 'status-line',
      target: file,
      lines: [around === null ? cli.m.setup.statusLineNew() : cli.m.setup.statusLineAround(around)],
      apply: async (keeper) => {
        await keeper.guard(file);
        const now = (await readBytes(file))?.toString('utf8') ?? '{}\n';
        await keeper.write(file, withStatusLine(now, program));
      },
    },
  ];
}

type Programs = { readonly root: string; readonly hasCurl: boolean };

function withStatusLine(text: string, { root, hasCurl }: Programs): string {
  const around = earlierCommand(text);
  // Another tool's line needs somebody who runs it and ends it in time, which the shell's variant leaves to Node's.
  const command =
    hasCurl && around === null
      ? renderStatusLineCommand({
          interpreter: 'sh',
          program: join(root, 'plugin', 'scripts', 'status-line.sh'),
          around,
        })
      : renderStatusLineCommand({
          // By its name: the place of Node's program changes with its version.
          interpreter: 'node',
          program: join(root, 'plugin', 'dist', 'status-line.cjs'),
          around,
        });
  const there = readSettingsText(text)?.statusLine;
  if (!isJsonObject(there)) return setInJsonText(text, ['statusLine'], { type: 'command', command });
  return there.command === command ? text : setInJsonText(text, ['statusLine', 'command'], command);
}

function earlierCommand(text: string): string | null {
  const there = readSettingsText(text)?.statusLine;
  if (!isJsonObject(there) || typeof there.command !== 'string') return null;
  const ours = parseStatusLineCommand(there.command);
  return ours === null ? there.command : ours.around;
}
