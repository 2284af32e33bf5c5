import which from 'which';

/** What to spawn for this command; `null` where it is not installed. */
export async function findProgram(
  command: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | null> {
  const program = await which(command, { nothrow: true, path: env.PATH ?? '' });
  if (program === null) return null;
  // A daemon killed with -9 cannot stop its children; the kernel can, where setpriv is at hand.
  const guard = process.platform === 'linux' ? await which('setpriv', { nothrow: true }) : null;
  return guard === null ? [program] : [guard, '--pdeathsig', 'TERM', program];
}
