/** Runs git once: no shell, no hooks, nothing asked, and nothing of the caller's `GIT_…` variables. */
import { spawn } from 'node:child_process';
import { devNull } from 'node:os';
import { GitProblem } from './git-problem.ts';

/** Which repository is meant, told outright: where it is looked for, a lost `.git` would find one further up. */
export type GitPlace = {
  readonly gitDir: string;
  /** The top of the files. */
  readonly root: string;
};

export type GitCall = {
  readonly args: readonly string[];
  /** A folder: git looks for the repository by itself. */
  readonly at: GitPlace | string;
  readonly env: NodeJS.ProcessEnv;
  readonly indexFile?: string;
  readonly input?: string;
  readonly timeoutMs?: number;
};

export type GitAnswer = {
  readonly exitCode: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
};

const TIMEOUT_MS = 60_000;

const SETTINGS: readonly string[] = [
  `core.hooksPath=${devNull}`,
  // A program of the repository's choice, like a hook.
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  'core.splitIndex=false',
  'core.safecrlf=false',
  'core.quotePath=false',
  'commit.gpgSign=false',
  'gc.auto=0',
  'maintenance.auto=false',
  'submodule.recurse=false',
].flatMap((setting) => ['-c', setting]);

const IDENTITY = { NAME: 'OMCM', EMAIL: 'omcm@localhost' };

export async function runGit(call: GitCall): Promise<GitAnswer> {
  const { args, at, input = '', timeoutMs = TIMEOUT_MS } = call;
  const child = spawn('git', [...SETTINGS, ...args], {
    cwd: typeof at === 'string' ? at : at.root,
    env: environmentOf(call),
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  // A git that fails early does not read on; what it says is told by its exit.
  child.stdin.on('error', () => undefined);
  child.stdin.end(Buffer.from(input, 'latin1'));
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      const code = error.code === 'ENOENT' ? 'git-missing' : 'git-failed';
      reject(new GitProblem(code, error.message));
    });
    child.once('close', (exitCode) =>
      resolve({ exitCode, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr).toString('utf8') }),
    );
  });
}

/** What it printed, without the last line's end. Rejects with a `GitProblem` where git failed. */
export async function askGit(call: GitCall): Promise<string> {
  const { stdout } = await mustGit(call);
  return stdout.toString('utf8').replace(/\r?\n$/, '');
}

/**
 * What it printed, cut at each NUL. Bytes as letters, since a name need not be UTF-8; `input` is read the same way.
 * Rejects with a `GitProblem`.
 */
export async function listByGit(call: GitCall): Promise<readonly string[]> {
  const { stdout } = await mustGit(call);
  return stdout
    .toString('latin1')
    .split('\0')
    .filter((entry) => entry !== '');
}

export async function mustGit(call: GitCall): Promise<GitAnswer> {
  const answer = await runGit(call);
  if (answer.exitCode === 0) return answer;
  const how = answer.exitCode === null ? 'took too long' : `exit ${answer.exitCode}`;
  const said = answer.stderr.trim().slice(-500);
  throw new GitProblem('git-failed', `git ${call.args[0]}: ${how}${said === '' ? '' : `: ${said}`}`);
}

function environmentOf({ env, at, indexFile }: GitCall): NodeJS.ProcessEnv {
  const inherited = Object.entries(env).filter(([name]) => !/^GIT_/i.test(name));
  const who = Object.entries(IDENTITY).flatMap(([part, value]) => [
    [`GIT_AUTHOR_${part}`, value],
    [`GIT_COMMITTER_${part}`, value],
  ]);
  return {
    ...Object.fromEntries([...inherited, ...who]),
    ...(typeof at === 'string' ? {} : { GIT_DIR: at.gitDir, GIT_WORK_TREE: at.root }),
    ...(indexFile === undefined ? {} : { GIT_INDEX_FILE: indexFile }),
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    // Reading must not rewrite the user's index.
    GIT_OPTIONAL_LOCKS: '0',
  };
}
