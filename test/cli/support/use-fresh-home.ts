// A home that never saw OMCM, with a stand-in for Claude Code on its PATH.
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { listFiles } from '../../support/list-files.ts';
import type { BuiltCli } from './build-cli.ts';
import { type CliHome, useCli } from './use-cli.ts';

export type FreshHome = CliHome & {
  readonly settingsFile: string;
  readonly settings: () => Readonly<Record<string, unknown>>;
  readonly before: Readonly<Record<string, string>>;
};

export type FreshOptions = { readonly settings?: string; readonly name?: string; readonly shell?: string };

export function useFreshHome(
  cli: BuiltCli,
  { settings, name = 'home', shell = '/bin/bash' }: FreshOptions = {},
): FreshHome {
  const home = useCli(cli, { name, env: { SHELL: shell } });
  rmSync(home.paths.stateDir, { recursive: true });
  rmSync(dirname(dirname(dirname(home.paths.seedConfigFile))), { recursive: true, force: true });
  const bin = join(home.home, '..', 'bin');
  mkdirSync(bin);
  const fake = join(import.meta.dirname, 'fake-claude.mjs');
  chmodSync(fake, 0o755);
  symlinkSync(fake, join(bin, 'claude'));
  const settingsFile = join(home.home, '.claude', 'settings.json');
  if (settings !== undefined) {
    mkdirSync(dirname(settingsFile));
    writeFileSync(settingsFile, settings);
  }
  const path = { PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` };
  return {
    ...home,
    env: (extra) => home.env({ ...path, ...extra }),
    omcm: (words, extra) => home.omcm(words, { ...extra, env: { ...path, ...extra?.env } }),
    start: (words, extra) => home.start(words, { ...extra, env: { ...path, ...extra?.env } }),
    json: (words, extra) => home.json(words, { ...extra, env: { ...path, ...extra?.env } }),
    settingsFile,
    settings: () => JSON.parse(readFileSync(settingsFile, 'utf8')),
    before: listFiles(home.home),
  };
}
