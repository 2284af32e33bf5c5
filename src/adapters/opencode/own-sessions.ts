/** The sessions that the user has in OpenCode himself, asked of the program: their store is OpenCode's own affair. */
import { execFile } from 'node:child_process';

export type OwnSessionsOptions = {
  /** The OpenCode program. */
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly env: NodeJS.ProcessEnv;
};

/** A cold start takes a second or two; on a machine that is busy, much more. */
const PATIENCE_MS = 60_000;
const LOOKED_AT = 20;

export type OwnSession = { readonly id: string; readonly updatedAt: number };

/** The last session that worked in the folder; `null` where there is none. Rejects where the program fails. */
export async function findOwnSession(options: OwnSessionsOptions): Promise<OwnSession | null> {
  const listed = await run(options, ['session', 'list', '--format', 'json', '-n', String(LOOKED_AT)]);
  // Without any session it prints nothing.
  const sessions: unknown = listed.trim() === '' ? [] : JSON.parse(listed);
  const here = (Array.isArray(sessions) ? sessions : []).flatMap((session): readonly OwnSession[] => {
    const { id, updated, directory } = session as { id?: unknown; updated?: unknown; directory?: unknown };
    return typeof id === 'string' && directory === options.directory
      ? [{ id, updatedAt: typeof updated === 'number' ? updated : 0 }]
      : [];
  });
  return here.sort((a, b) => b.updatedAt - a.updatedAt)[0] ?? null;
}

/** The session with its messages, as OpenCode has it. Rejects where the program fails. */
export async function exportOwnSession(options: OwnSessionsOptions, id: string): Promise<unknown> {
  const text = await run(options, ['export', id]);
  return JSON.parse(text.slice(text.indexOf('{')));
}

function run(
  { command, args, directory, env }: OwnSessionsOptions,
  words: readonly string[],
): Promise<string> {
  const settings = { cwd: directory, env, timeout: PATIENCE_MS, maxBuffer: 256 * 1024 * 1024 };
  return new Promise((resolve, reject) => {
    const child = execFile(command, [...args, ...words], settings, (error, out) =>
      error ? reject(error) : resolve(out),
    );
    child.stdin?.end();
  });
}
