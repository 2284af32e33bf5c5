/** The daemon, started if it has to be, or an error that says why there is none. */
import { type Ensured, ensureDaemon } from '../../client/ensure-daemon.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import { daemonProgram } from './daemon-program.ts';

export type ReachedDaemon = Extract<Ensured, { readonly ok: true }>;

export async function reachDaemon({ paths, env, m }: Cli): Promise<ReachedDaemon> {
  const program = daemonProgram(m);
  const ensured = await ensureDaemon({ socketPath: paths.socketPath, program, env });
  if (ensured.ok) return ensured;
  const { failures } = m;
  const [message, hint] =
    ensured.code === 'daemon-newer'
      ? [failures.daemonNewer(), failures.daemonNewerHint()]
      : [failures.daemonDidNotStart(), failures.daemonDidNotStartHint()];
  throw new CommandError({ code: ensured.code, exit: 'daemonUnreachable', message, hint });
}
