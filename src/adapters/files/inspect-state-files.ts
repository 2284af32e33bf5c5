/** Can each state file be used: is it whole, and not of a later version? Only looked at, never mended here. */
import { basename, join } from 'node:path';
import { autopilotsSpec } from './autopilots.ts';
import { fallbackStateSpec } from './fallback-state.ts';
import { fusionStateSpec } from './fusion-state.ts';
import { metricsSpec } from './metrics-state.ts';
import { migrateState } from './migrate-state.ts';
import type { Paths } from './paths.ts';
import { providerLimitsSpec } from './provider-limits.ts';
import { readJsonObject } from './read-json-object.ts';
import { rescuesSpec } from './rescues.ts';
import { sessionModesSpec } from './session-modes.ts';
import type { StateFileSpec } from './state-file.ts';
import { trustedFoldersSpec } from './trusted-folders.ts';
import { vendorConsentsSpec } from './vendor-consents.ts';

export type StateFileStanding = {
  readonly name: string;
  /** `newer`: a later version of OMCM wrote it, and this one leaves it alone. */
  readonly standing: 'usable' | 'damaged' | 'newer' | 'unreadable';
};

type Known = Pick<StateFileSpec<unknown>, 'file' | 'migrations'>;

/** Those that are there. */
export async function inspectStateFiles(paths: Paths): Promise<readonly StateFileStanding[]> {
  const known: readonly Known[] = [
    fusionStateSpec(paths.fusionStateFile),
    fallbackStateSpec(paths.fallbackStateFile),
    providerLimitsSpec(paths.providerLimitsFile),
    sessionModesSpec(paths.sessionModesFile),
    autopilotsSpec(join(paths.stateDir, 'autopilots.json')),
    rescuesSpec(join(paths.stateDir, 'rescues.json')),
    metricsSpec(paths.metricsFile),
    trustedFoldersSpec(paths.trustFile),
    vendorConsentsSpec(paths.consentFile),
  ];
  const inspected = await Promise.all(known.map(inspect));
  return inspected.flat();
}

async function inspect({ file, migrations }: Known): Promise<readonly StateFileStanding[]> {
  const name = basename(file);
  const read = await readJsonObject(file);
  switch (read.kind) {
    case 'missing':
      return [];
    case 'damaged':
      return [{ name, standing: 'damaged' }];
    case 'failed':
      return [{ name, standing: 'unreadable' }];
    case 'ok': {
      const { kind } = migrateState(read.raw, migrations);
      return [{ name, standing: kind === 'ok' ? 'usable' : kind }];
    }
  }
}
