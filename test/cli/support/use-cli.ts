import { mkdirSync, renameSync } from 'node:fs';
import { type DaemonHome, type HomeOptions, useDaemonHome } from '../../daemon/support/use-daemon-home.ts';
import type { BuiltCli } from './build-cli.ts';
import { type CliResult, runCli, type StartedCli, startCli } from './run-cli.ts';

type Extra = {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly input?: string;
};

export type CliHome = DaemonHome & {
  readonly omcm: (words: readonly string[], extra?: Extra) => Promise<CliResult>;
  readonly start: (words: readonly string[], extra?: Extra) => StartedCli;
  /** The one JSON value that the command printed. */
  readonly json: (words: readonly string[], extra?: Extra) => Promise<unknown>;
};

/** A HOME in which `omcm` is typed, inside the folder of a project. */
export function useCli(cli: BuiltCli, options: HomeOptions = {}): CliHome {
  const home = useDaemonHome(options);
  // Where a person's settings are, and where `config set` writes.
  mkdirSync(home.paths.stateDir, { recursive: true, mode: 0o700 });
  renameSync(home.paths.seedConfigFile, home.paths.userConfigFile);
  const runOf = ({ env = {}, cwd = home.projectDir, input }: Extra = {}) => ({
    env: home.env(env),
    cwd,
    ...(input === undefined ? {} : { input }),
  });
  const omcm: CliHome['omcm'] = (words, extra) => runCli(cli, words, runOf(extra));
  return {
    ...home,
    omcm,
    start: (words, extra) => startCli(cli, words, runOf(extra)),
    json: async (words, extra) => JSON.parse((await omcm([...words, '--json'], extra)).stdout),
  };
}
