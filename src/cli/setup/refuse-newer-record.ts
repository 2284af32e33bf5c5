/** What a later setup has changed is written down in words that we do not know: only it can take that back. */
import { readJsonObject } from '../../adapters/files/read-json-object.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { placesOf } from './places.ts';
import { RECORD_VERSION, recordFile } from './setup-record.ts';

export async function refuseNewerRecord(cli: Cli): Promise<void> {
  const { m } = cli;
  const file = recordFile(placesOf(cli).record);
  const read = await readJsonObject(file);
  const version = read.kind === 'ok' ? read.raw.version : null;
  if (typeof version !== 'number' || version <= RECORD_VERSION) return;
  throw new CommandError({
    code: 'newer-setup',
    exit: 'problemsFound',
    message: m.setup.recordNewer(file),
    hint: m.setup.recordNewerHint(),
  });
}
