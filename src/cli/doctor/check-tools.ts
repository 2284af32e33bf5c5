import type { Messages } from '../messages.ts';
import { findPath } from './find-program.ts';
import { type Finding, ok, warn } from './finding.ts';

/** What the work goes better with. */
export async function checkTools(env: NodeJS.ProcessEnv, { doctor }: Messages): Promise<readonly Finding[]> {
  const [rg, setpriv] = await Promise.all([findPath('rg', env), findPath('setpriv', env)]);
  const ripgrep =
    rg === null
      ? warn('ripgrep', doctor.ripgrepMissing(), doctor.ripgrepRemedy())
      : ok('ripgrep', doctor.ripgrep(rg));
  // Only Linux has it.
  if (process.platform !== 'linux') return [ripgrep];
  const guard =
    setpriv === null
      ? warn('setpriv', doctor.setprivMissing(), doctor.setprivRemedy())
      : ok('setpriv', doctor.setpriv(setpriv));
  return [ripgrep, guard];
}
