/** What a decision reads from outside: the config of a folder, the state files. Read again when a file changed. */
import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { fallbackStateSpec, NO_FALLBACK } from '../../adapters/files/fallback-state.ts';
import { configFileNames } from '../../adapters/files/find-config-file.ts';
import { fusionStateSpec, NO_FUSION_STATE } from '../../adapters/files/fusion-state.ts';
import { type LoadedConfig, loadConfig } from '../../adapters/files/load-config.ts';
import { type Paths, projectConfigFile } from '../../adapters/files/paths.ts';
import { NO_LIMITS, providerLimitsSpec } from '../../adapters/files/provider-limits.ts';
import { readStateFile, type StateFileSpec } from '../../adapters/files/state-file.ts';
import {
  findProjectFiles,
  NO_TRUST,
  type ProjectFile,
  trustedFoldersSpec,
  withoutTrust,
} from '../../adapters/files/trusted-folders.ts';
import { consentsIn, NO_CONSENTS, vendorConsentsSpec } from '../../adapters/files/vendor-consents.ts';
import type { Consent } from '../../core/routing/decide-engine.ts';
import { describeDamage } from '../describe-damage.ts';

export type RoutingInputs = {
  config(directory: string | undefined): Promise<LoadedConfig>;
  fusion(): Promise<typeof NO_FUSION_STATE>;
  fallback(): Promise<typeof NO_FALLBACK>;
  limits(): Promise<typeof NO_LIMITS>;
  /** What a project brings that nobody has trusted. */
  untrusted(directory: string): Promise<readonly ProjectFile[]>;
  /** What the user has said of vendors, for this folder; the same value as long as nothing of it changes. */
  consents(directory: string | undefined): Promise<ReadonlyMap<string, Consent>>;
};

export type InputsOptions = {
  readonly paths: Paths;
  readonly env: NodeJS.ProcessEnv;
  /** What cannot be used of a state file: told once, and the defaults hold. */
  readonly onProblem: (code: string, message: string) => void;
};

export function createRoutingInputs({ paths, env, onProblem }: InputsOptions): RoutingInputs {
  const configs = new Map<string, () => Promise<LoadedConfig>>();

  const configOf = (directory: string): (() => Promise<LoadedConfig>) => {
    const known = configs.get(directory);
    if (known !== undefined) return known;
    const files = [paths.seedConfigFile, paths.userConfigFile, projectConfigFile(directory)].flatMap(
      configFileNames,
    );
    const read = whenChanged(files, () => loadConfig({ paths, projectDir: directory, env }));
    if (configs.size > 100) configs.clear();
    configs.set(directory, read);
    return read;
  };

  const state = <T>(spec: StateFileSpec<T>, fallback: T): (() => Promise<T>) => {
    const told = new Set<string>();
    const tellOnce = (code: string, message: string) => {
      if (!told.has(message)) onProblem(code, message);
      told.add(message);
    };
    return whenChanged([spec.file], async () => {
      const read = await readStateFile(spec);
      if (read.kind === 'damaged') onProblem('state-damaged', describeDamage(spec.file, read.setAside));
      if (read.kind === 'failed') tellOnce('state-unreadable', read.failure.message);
      if (read.kind !== 'ok') return fallback;
      // A tool that writes the same mistake every few seconds is told of once.
      for (const { message } of read.problems) tellOnce('state-problem', `${spec.file}: ${message}`);
      return read.value;
    });
  };

  const consents = state(vendorConsentsSpec(paths.consentFile), NO_CONSENTS);
  const consentsOf = perFolder(consentsIn);
  const trusted = state(trustedFoldersSpec(paths.trustFile), NO_TRUST);

  return {
    config: (directory) => configOf(directory ?? paths.stateDir)(),
    fusion: state(fusionStateSpec(paths.fusionStateFile), NO_FUSION_STATE),
    fallback: state(fallbackStateSpec(paths.fallbackStateFile), NO_FALLBACK),
    limits: state(providerLimitsSpec(paths.providerLimitsFile), NO_LIMITS),
    untrusted: async (directory) => {
      const { config } = await configOf(directory)();
      if (config.security.trust === 'always') return [];
      const files = await findProjectFiles({ directory, paths, home: env.HOME || homedir() });
      return files.length === 0 ? files : withoutTrust(files, await trusted());
    },
    consents: async (directory) => consentsOf(directory ?? paths.stateDir, await consents()),
  };
}

/** A value for each folder, as long as what it is made from is the same. */
function perFolder<From extends object, T>(
  make: (folder: string, from: From) => Promise<T>,
): (folder: string, from: From) => Promise<T> {
  let madeFrom: From | null = null;
  let made = new Map<string, Promise<T>>();
  return (folder, from) => {
    if (from !== madeFrom || made.size > 100) {
      madeFrom = from;
      made = new Map();
    }
    const value = made.get(folder) ?? make(folder, from);
    made.set(folder, value);
    return value;
  };
}

/** A stat is a few microseconds, a parse is not: the value is kept until size or time of a file changes. */
function whenChanged<T>(files: readonly string[], read: () => Promise<T>): () => Promise<T> {
  let seen: string | null = null;
  let value: Promise<T> | null = null;
  return async () => {
    const stamp = (await Promise.all(files.map(stampOf))).join('|');
    if (value === null || stamp !== seen) {
      seen = stamp;
      value = read();
    }
    return value;
  };
}

/** The clock of a file system ticks every few milliseconds: within a tick a file may be written again unseen. */
const TICK_MS = 20;

async function stampOf(file: string): Promise<string> {
  return stat(file).then(
    ({ mtimeMs, size, ino }) => {
      const isFresh = Math.abs(Date.now() - mtimeMs) < TICK_MS;
      return `${mtimeMs}:${size}:${ino}${isFresh ? `:${performance.now()}` : ''}`;
    },
    () => '-',
  );
}
