import { updateStateFile } from '../../adapters/files/state-file.ts';
import { type VendorConsent, vendorConsentsSpec } from '../../adapters/files/vendor-consents.ts';
import { ANY_VENDOR } from '../../core/routing/decide-engine.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';

/** In the place of what was said of the same vendor and folder before. */
export function addConsents(cli: Cli, added: readonly VendorConsent[]): Promise<void> {
  return changeConsents(cli, (all) => [
    ...all.filter((one) => !added.some((other) => replaces(other, one))),
    ...added,
  ]);
}

/** Who refuses all vendors takes back what was agreed to of single ones in the same folder. */
function replaces(later: VendorConsent, earlier: VendorConsent): boolean {
  const isMeant = later.provider === earlier.provider || later.provider === ANY_VENDOR;
  return isMeant && later.folder === earlier.folder;
}

export async function changeConsents(
  { paths, m }: Cli,
  update: (all: readonly VendorConsent[]) => readonly VendorConsent[],
): Promise<void> {
  const done = await updateStateFile(vendorConsentsSpec(paths.consentFile), (now) => update(now ?? []));
  if (done.kind === 'failed')
    throw new CommandError({ code: 'not-written', exit: 'failed', message: m.failures.file(done.failure) });
}
