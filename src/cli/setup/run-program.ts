import { execFile } from 'node:child_process';

export type ProgramRun = {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly timeoutMs: number;
};

export type ProgramEnd = { readonly ok: boolean; readonly stdout: string; readonly said: string };

/** Never rejects: what went wrong is what the program said, or why it could not be run. */
export function runProgram(
  [program, ...args]: readonly [string, ...string[]],
  { env, cwd, timeoutMs }: ProgramRun,
): Promise<ProgramEnd> {
  const windows = process.platform === 'win32';
  return new Promise((resolve) => {
    const options = { env, cwd, timeout: timeoutMs, killSignal: 'SIGKILL', shell: windows } as const;
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      const said = [stderr, stdout, error?.message ?? ''].map((text) => text.trim()).find(Boolean) ?? '';
      resolve({ ok: error === null, stdout, said });
    });
    // Some programs wait for an input that never comes.
    child.stdin?.end();
  });
}
