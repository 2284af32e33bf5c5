/** A headless Claude Code whose questions are answered as a program does it: by its control messages. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { findBinaries } from '../../src/simulation/find-binaries.ts';
import type { IsolatedHome } from '../../src/simulation/isolated-home.ts';

type Control = {
  readonly type?: string;
  readonly request_id?: string;
  readonly request?: { readonly subtype?: string; readonly input?: object };
};

const LIMIT_MS = 60_000;

/** Rejects where it does not end by itself. */
export async function askUser(
  home: IsolatedHome,
  prompt: string,
  answers: Readonly<Record<string, string>>,
): Promise<void> {
  const { claude = 'claude' } = findBinaries();
  const args = ['-p', '--input-format', 'stream-json', '--output-format', 'stream-json', '--verbose'];
  const child = spawn(claude, [...args, '--permission-prompt-tool', 'stdio'], {
    cwd: home.projectDir,
    env: home.env(),
    stdio: ['pipe', 'pipe', 'inherit'],
    timeout: LIMIT_MS,
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify(message)}\n`);
  createInterface({ input: child.stdout }).on('line', (line) => {
    const { type, request_id, request } = JSON.parse(line) as Control;
    if (type === 'result') child.stdin.end();
    if (type !== 'control_request' || request?.subtype !== 'can_use_tool') return;
    const response = { behavior: 'allow', updatedInput: { ...request.input, answers } };
    send({ type: 'control_response', response: { subtype: 'success', request_id, response } });
  });
  send({ type: 'user', message: { role: 'user', content: prompt } });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`Claude Code ended with ${code}`);
}
