import { updateStateFile } from '../../adapters/files/state-file.ts';
import { liesIn, type TrustedFolder, trustedFoldersSpec } from '../../adapters/files/trusted-folders.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';

/** Also for all that lies beneath. */
export async function addTrust(cli: Cli, folder: string): Promise<void> {
  await change(cli, (trusted) =>
    trusted.some((one) => one.folder === folder) ? trusted : [...trusted, { folder, since: Date.now() }],
  );
}

/** The folders that were taken out: this one, and those beneath it. */
export async function removeTrust(cli: Cli, folder: string): Promise<readonly string[]> {
  let removed: readonly string[] = [];
  await change(cli, (trusted) => {
    removed = trusted.filter((one) => liesIn(one.folder, folder)).map((one) => one.folder);
    return trusted.filter((one) => !removed.includes(one.folder));
  });
  return removed;
}

async function change(
  { paths, m }: Cli,
  update: (trusted: readonly TrustedFolder[]) => readonly TrustedFolder[],
): Promise<void> {
  const done = await updateStateFile(trustedFoldersSpec(paths.trustFile), (now) => update(now ?? []));
  if (done.kind === 'failed')
    throw new CommandError({ code: 'not-written', exit: 'failed', message: m.failures.file(done.failure) });
}
