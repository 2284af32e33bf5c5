/** The daemon, started if it has to be, or an error that says why there is none. */
import { dirname } from 'node:path';
import { type Ensured, type EnsureFailure, ensureDaemon } from '../../client/ensure-daemon.ts';
import type { Cli } from '../cli.ts';
import { CommandError } from '../command-error.ts';
import type { Messages } from '../messages.ts';
import { daemonProgram } from './daemon-program.ts';

export type ReachedDaemon = Extract<Ensured, { readonly ok: true }>;

export async function reachDaemon({ paths, env, m }: Cli): Promise<ReachedDaemon> {
  const program = daemonProgram(m);
  const ensured = await ensureDaemon({ socketPath: paths.socketPath, program, env });
  if (ensured.ok) return ensured;
  const [message, hint] = sentencesOf(m.failures, dirname(paths.socketPath))[ensured.code];
  throw new CommandError({ code: ensured.code, exit: 'daemonUnreachable', message, hint });
}

type Sentences = Readonly<Record<EnsureFailure, readonly [message: string, hint: string]>>;

function sentencesOf(failures: Messages['failures'], folder: string): Sentences {
  return {
    'daemon-unreachable': [failures.daemonDidNotStart(), failures.daemonDidNotStartHint()],
    'daemon-newer': [failures.daemonNewer(), failures.daemonNewerHint()],
    'socket-place-foreign': [failures.foreignPlace(folder), failures.foreignPlaceHint(folder)],
    'daemon-draining': [failures.daemonDraining(), failures.daemonDrainingHint()],
  };
}
