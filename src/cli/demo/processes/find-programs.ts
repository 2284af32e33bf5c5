// Are the programs there that the demo plays with? And the PATH on which the daemon finds them too.
import { execFileSync } from 'node:child_process';
import { delimiter, dirname } from 'node:path';
import { type Binaries, findBinaries } from '../../../simulation/find-binaries.ts';
import { CommandError } from '../../command-error.ts';
import type { DemoWords } from '../messages/en.ts';

/** The PATH for everything that the demo starts. */
export function findPrograms(
  env: NodeJS.ProcessEnv,
  words: DemoWords,
  { claude, opencode }: Binaries = findBinaries(env.PATH),
): string {
  if (claude === undefined) throw missing('claude', words.noClaude, words.noClaudeHint);
  if (opencode === undefined) throw missing('opencode', words.noOpencode, words.noOpencodeHint);
  if (!hasGit(env)) throw missing('git', words.noGit, words.noGitHint);
  // A user has opencode on the PATH; in a clone it lies in node_modules. The hooks of the plugin need `node`.
  return [dirname(opencode), env.PATH ?? '', dirname(process.execPath)]
    .filter((folder) => folder !== '')
    .join(delimiter);
}

function hasGit(env: NodeJS.ProcessEnv): boolean {
  try {
    execFileSync('git', ['--version'], { env, stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function missing(program: string, message: string, hint: string): CommandError {
  return new CommandError({ code: `${program}-not-installed`, exit: 'failed', message, hint });
}
