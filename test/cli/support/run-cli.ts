import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import type { BuiltCli } from './build-cli.ts';

export type CliRun = {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly input?: string;
};

export type CliResult = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

export type StartedCli = {
  readonly child: ChildProcessWithoutNullStreams;
  readonly stdout: () => string;
  readonly stderr: () => string;
  readonly result: Promise<CliResult>;
};

export function startCli({ program }: BuiltCli, words: readonly string[], run: CliRun): StartedCli {
  const child = spawn(process.execPath, [program, ...words], { cwd: run.cwd, env: run.env });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  // A program that does not read its input closes it.
  child.stdin.on('error', () => {});
  child.stdin.end(run.input ?? '');
  const result = new Promise<CliResult>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout: stdout(), stderr: stderr() }));
  });
  return { child, stdout, stderr, result };
}

export function runCli(cli: BuiltCli, words: readonly string[], run: CliRun): Promise<CliResult> {
  return startCli(cli, words, run).result;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8');
  stream.on('data', (piece: string) => {
    text += piece;
  });
  return () => text;
}
