import { execFileSync } from 'node:child_process';
import type { IsolatedHome } from '../../../simulation/isolated-home.ts';

/** What an earlier run wrote into the project is undone: the next one finds what that one found. */
export function resetProject({ projectDir, env }: IsolatedHome): void {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: projectDir, env: env(), stdio: 'pipe' });
  git('reset', '--quiet', '--hard');
  git('clean', '--quiet', '--force', '-d', '-x');
}
