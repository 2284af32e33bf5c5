// Machines of a team with a stand-in for OpenCode: real daemons, real workers, a real Redis, a HOME each.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RunResult } from '../../src/cli/runs/run-result.ts';
import type { BuiltCli } from '../cli/support/build-cli.ts';
import type { StartedCli } from '../cli/support/run-cli.ts';
import { type CliHome, useCli } from '../cli/support/use-cli.ts';
import { until } from '../daemon/support/until.ts';
import { TEST_FOLDER_PREFIX } from './test-folder-prefix.ts';

export type Machine = CliHome & {
  /** `omcm worker`, once it is ready. */
  readonly work: (words?: readonly string[], env?: Readonly<Record<string, string>>) => Promise<StartedCli>;
  readonly startWorker: (words?: readonly string[], env?: Readonly<Record<string, string>>) => StartedCli;
  readonly git: (...words: readonly string[]) => string;
  readonly batch: (tasks: readonly object[], words?: readonly string[]) => Promise<RunResult>;
};

export type MachineOptions = {
  readonly name: string;
  /** The address of the Redis, which goes into a file. */
  readonly url: string;
  readonly execution?: object;
  readonly env?: Readonly<Record<string, string>>;
};

const GIT = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];

export function useMachine(cli: BuiltCli, { name, url, execution = {}, env = {} }: MachineOptions): Machine {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const redisUrlFile = join(folder, 'redis-url');
  writeFileSync(redisUrlFile, `${url}\n`, { mode: 0o600 });
  const config = { mode: 'fusion', execution: { redisUrlFile, ...execution } };
  const home = useCli(cli, { name, config, env });

  const startWorker: Machine['startWorker'] = (words = [], more = {}) => {
    const worker = home.start(['worker', '--json', ...words], { env: more });
    onTestFinished(async () => {
      worker.child.kill('SIGTERM');
      await worker.result;
    });
    return worker;
  };
  return {
    ...home,
    startWorker,
    work: async (words, more) => {
      const worker = startWorker(words, more);
      await until(() => worker.stdout().includes('"ready"'));
      return worker;
    },
    git: (...words) => execFileSync('git', [...GIT, ...words], { cwd: home.projectDir, encoding: 'utf8' }),
    batch: async (tasks, words = []) => {
      const file = join(folder, 'tasks.json');
      writeFileSync(file, JSON.stringify({ tasks }));
      const { stdout, stderr } = await home.omcm(['batch', file, '--json', ...words]);
      if (stdout === '') throw new Error(stderr);
      return JSON.parse(stdout) as RunResult;
    },
  };
}

/** The one on which runs are started, with a repository. */
export function useScheduler(cli: BuiltCli, options: MachineOptions): Machine {
  const { execution = {}, ...more } = options;
  const machine = useMachine(cli, { ...more, execution: { backend: 'bullmq', ...execution } });
  machine.git('init', '--quiet');
  machine.git('commit', '--quiet', '--allow-empty', '--message', 'Begin');
  return machine;
}

/** Answers with these words. */
export function ask(id: string, ...say: readonly string[]) {
  return { id, agent: 'explore', prompt: JSON.stringify({ say }) };
}
