// `omcm demo` as a user starts it, and what is left of it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { BUILT_CLI } from '../../support/built-cli.ts';

export type Call = {
  readonly agent: string;
  readonly route: boolean;
  readonly reason: string;
  readonly provider: string;
  readonly model: string;
  readonly requests: number;
  readonly tokens: { readonly input: number; readonly output: number };
  readonly startedMs: number;
  readonly durationMs: number;
  readonly claudeRequests: number;
};

export type Report = {
  readonly ok: boolean;
  readonly calls: readonly Call[];
  readonly claudeTokens: { readonly without: number; readonly with: number; readonly savedPercent: number };
  readonly routedSubagents: { readonly calls: number; readonly claudeRequests: number };
  readonly problems: readonly unknown[];
  readonly folder: string | null;
};

/** A place in which the demo is alone: its HOME, and the folder for what is temporary. */
export function usePlace() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `omcm-test-${process.env.OMCM_TEST_RUN}-demo-`)));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const [home, temp] = [join(root, 'home'), join(root, 'temp')];
  for (const folder of [home, temp]) mkdirSync(folder);
  const run = { OMCM_TEST_RUN: process.env.OMCM_TEST_RUN };
  return { root, home, temp, env: { PATH: process.env.PATH, HOME: home, TMPDIR: temp, ...run } };
}

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export function startDemo(words: readonly string[], env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, [BUILT_CLI, 'demo', ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [stdout, stderr] = [collect(child, 'stdout'), collect(child, 'stderr')];
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
  return { child, stdout, ended };
}

function collect(child: ChildProcess, stream: 'stdout' | 'stderr'): () => string {
  let text = '';
  child[stream]?.setEncoding('utf8').on('data', (piece: string) => {
    text += piece;
  });
  return () => text;
}

/** Processes that have anything to do with the folder, by their environment or their command line. */
export function processesIn(folder: string): readonly string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .flatMap((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        const about = command + readFileSync(`/proc/${pid}/environ`, 'utf8');
        return about.includes(folder) ? [command.replaceAll('\0', ' ')] : [];
      } catch {
        return [];
      }
    });
}
