import { type GitPlace, runGit } from './run-git.ts';

export async function hasCommit(at: GitPlace, commit: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  return (await runGit({ args: ['cat-file', '-e', `${commit}^{commit}`], at, env })).exitCode === 0;
}
