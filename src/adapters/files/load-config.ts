// Which settings hold here and now, and where each layer came from:
//
//   the seed's place ◄ the user's file ◄ the project's file ◄ OMCM_… variables ◄ flags     (later wins)
import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { distance } from 'fastest-levenshtein';
import type { ConfigLayer } from '../../core/config/accept-layer.ts';
import type { ConfigProblem } from '../../core/config/config-problem.ts';
import { guardProjectLayer } from '../../core/config/guard-project-layer.ts';
import { hasValueAt } from '../../core/config/key-path.ts';
import { type ResolvedConfig, resolveConfig } from '../../core/config/resolve-config.ts';
import { environmentLayers } from './environment-settings.ts';
import { findConfigFile } from './find-config-file.ts';
import { type Environment, type Paths, projectConfigFile } from './paths.ts';
import { readConfigFile } from './read-config-file.ts';

export type ConfigSource = {
  readonly kind: 'seed' | 'user' | 'project' | 'environment' | 'flags';
  /** A file, the name of a variable, or `flags`. */
  readonly source: string;
  readonly state: 'used' | 'missing' | 'unusable';
};

export type LoadedConfig = ResolvedConfig & { readonly sources: readonly ConfigSource[] };

export type LoadConfigInput = {
  readonly paths: Paths;
  readonly projectDir?: string;
  readonly env: Environment;
  readonly flags?: unknown;
};

type LoadedLayer = {
  readonly source: ConfigSource;
  readonly layer?: ConfigLayer;
  readonly problems: readonly ConfigProblem[];
};

/** Never throws for what a file, a variable or a flag says: the worst that it gives is the defaults. */
export async function loadConfig(input: LoadConfigInput): Promise<LoadedConfig> {
  const loaded = [...(await loadFiles(input)), ...loadSettings(input)];
  const layers = loaded.flatMap(({ layer }) => (layer === undefined ? [] : [layer]));
  const resolved = resolveConfig(layers, distance);
  return {
    config: resolved.config,
    problems: [...loaded.flatMap(({ problems }) => problems), ...resolved.problems],
    sources: loaded.map(({ source }) => source),
  };
}

export type FileConfig = ResolvedConfig & {
  /** The file itself says which mode holds. */
  readonly saysMode: boolean;
};

/** One file over the defaults, as its user's own; `null` where there is none. */
export async function loadConfigFile(file: string): Promise<FileConfig | null> {
  const read = await readConfigFile(file);
  if (read.kind === 'missing') return null;
  if (read.kind === 'unusable') return { ...resolveConfig([]), problems: [read.problem], saysMode: false };
  const saysMode = ['mode', 'fusionDefault'].some((key) => hasValueAt(read.value, [key]));
  return { ...resolveConfig([{ source: file, value: read.value }], distance), saysMode };
}

async function loadFiles({ paths, projectDir }: LoadConfigInput): Promise<readonly LoadedLayer[]> {
  const own = [loadFile('seed', paths.seedConfigFile), loadFile('user', paths.userConfigFile)];
  if (projectDir === undefined) return Promise.all(own);
  const file = projectConfigFile(projectDir);
  // A session in the home folder: its "project" file is the user's own, and theirs to set everything in.
  if (await isSameFile(file, paths.userConfigFile)) return Promise.all(own);
  return Promise.all([...own, loadFile('project', file)]);
}

async function loadFile(kind: 'seed' | 'user' | 'project', jsonFile: string): Promise<LoadedLayer> {
  const { file, ignored } = await findConfigFile(jsonFile);
  const besides = ignored.map((other) => notRead(other, file));
  const read = await readConfigFile(file);
  if (read.kind === 'missing') return { source: { kind, source: file, state: 'missing' }, problems: [] };
  if (read.kind === 'unusable') {
    return { source: { kind, source: file, state: 'unusable' }, problems: [read.problem, ...besides] };
  }
  const guarded =
    kind === 'project' ? guardProjectLayer(file, read.value) : { value: read.value, problems: [] };
  return {
    source: { kind, source: file, state: 'used' },
    layer: { source: file, value: guarded.value, ...(kind === 'project' && { origin: kind }) },
    problems: [...guarded.problems, ...besides],
  };
}

function notRead(source: string, instead: string): ConfigProblem {
  return {
    source,
    keyPath: '',
    code: 'contradiction',
    expected: 'one file of settings in a folder',
    received: `${basename(instead)} beside it`,
    message: `${source}: it is not read, because ${basename(instead)} is there.`,
  };
}

function loadSettings({ env, flags }: LoadConfigInput): readonly LoadedLayer[] {
  const variables = environmentLayers(env).map((layer) => usedLayer('environment', layer));
  if (flags === undefined) return variables;
  return [...variables, usedLayer('flags', { source: 'flags', value: flags })];
}

function usedLayer(kind: 'environment' | 'flags', layer: ConfigLayer): LoadedLayer {
  return { source: { kind, source: layer.source, state: 'used' }, layer, problems: [] };
}

async function isSameFile(a: string, b: string): Promise<boolean> {
  if (a === b) return true;
  const real = await Promise.all([a, b].map((file) => realpath(file).catch(() => null)));
  return real[0] !== null && real[0] === real[1];
}
