// One prompt through a fresh `opencode run` process: what a delegated task costs without a warm server.

import { findBinaries } from './find-binaries.ts';
import type { IsolatedHome } from './isolated-home.ts';
import { asObject, asText, parseJson } from './json.ts';
import { runProcess } from './run-process.ts';

export interface ColdRun {
  readonly home: IsolatedHome;
  /** `provider/model` */
  readonly model: string;
  readonly prompt: string;
  readonly timeoutMs?: number;
}

export interface ColdResult {
  readonly exitCode: number | null;
  readonly answer: string;
  readonly durationMs: number;
  readonly stderr: string;
}

const TIMEOUT_MS = 60_000;

export async function runOpenCodeCold(run: ColdRun): Promise<ColdResult> {
  const { opencode } = findBinaries();
  if (opencode === undefined)
    throw new Error('OpenCode is not installed: no `opencode` beside us or on the PATH');
  const { exitCode, stdout, stderr, durationMs } = await runProcess({
    command: opencode,
    args: ['run', '--format', 'json', '--model', run.model, run.prompt],
    cwd: run.home.projectDir,
    env: run.home.env(),
    timeoutMs: run.timeoutMs ?? TIMEOUT_MS,
  });
  return { exitCode, answer: answerIn(stdout), durationMs, stderr };
}

function answerIn(lines: string): string {
  const events = lines.split('\n').map((line) => asObject(parseJson(line)));
  const texts = events
    .filter((event) => event.type === 'text')
    .map((event) => asText(asObject(event.part).text));
  return texts.join('\n');
}
