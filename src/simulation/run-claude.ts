// Runs one prompt through the real Claude Code, headless.

import { type ClaudeEvent, parseClaudeEvent } from './claude-events.ts';
import { findBinaries } from './find-binaries.ts';
import type { IsolatedHome } from './isolated-home.ts';
import { runProcess } from './run-process.ts';

export interface ClaudeRun {
  readonly home: IsolatedHome;
  readonly prompt: string;
  /** What stands before the command, such as `nice`. */
  readonly under?: readonly string[];
  readonly pluginDirs?: readonly string[];
  readonly permissionMode?: string;
  readonly allowedTools?: readonly string[];
  readonly extraArgs?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: ClaudeEvent) => void;
}

export interface ClaudeResult {
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly events: readonly ClaudeEvent[];
  readonly stderr: string;
  readonly durationMs: number;
}

const TIMEOUT_MS = 60_000;

export async function runClaude(run: ClaudeRun): Promise<ClaudeResult> {
  const { claude } = findBinaries();
  if (claude === undefined)
    throw new Error('Claude Code is not installed: no `claude` beside us or on the PATH');
  const events: ClaudeEvent[] = [];
  const [command = claude, ...args] = [...(run.under ?? []), claude, ...claudeArgs(run)];
  const result = await runProcess({
    command,
    args,
    cwd: run.cwd ?? run.home.projectDir,
    env: run.home.env(run.env),
    timeoutMs: run.timeoutMs ?? TIMEOUT_MS,
    ...(run.signal === undefined ? {} : { signal: run.signal }),
    onLine(line) {
      const event = parseClaudeEvent(line);
      if (event === undefined) return;
      events.push(event);
      run.onEvent?.(event);
    },
  });
  const { exitCode, timedOut, stderr, durationMs } = result;
  return { exitCode, timedOut, events, stderr, durationMs };
}

function claudeArgs(run: ClaudeRun): readonly string[] {
  return [
    '-p',
    run.prompt,
    '--output-format',
    'stream-json',
    '--verbose',
    ...(run.pluginDirs ?? []).flatMap((folder) => ['--plugin-dir', folder]),
    ...(run.permissionMode === undefined ? [] : ['--permission-mode', run.permissionMode]),
    '--allowedTools',
    (run.allowedTools ?? ['Task', 'Agent']).join(','),
    ...(run.extraArgs ?? []),
  ];
}
