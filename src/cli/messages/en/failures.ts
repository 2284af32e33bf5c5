import type { FileFailure } from '../../../adapters/files/file-failure.ts';
import type { FailureCode } from '../../../core/delegation/failure.ts';
import { failure } from '../../../core/delegation/failure.ts';

export const failures = {
  unknown: (message: string) => `OMCM itself failed: ${message}`,
  unknownHint: () => 'Run it again with --debug for the details; `omcm doctor` may know more.',
  output: (message: string) => `The output could not be written: ${message}`,
  incompleteInstallation: () => 'This installation is incomplete: the program of the daemon is missing.',
  incompleteInstallationHint: () =>
    'Install it again (npm install -g oh-my-claude-money); in a clone, run `npm run build`.',
  daemonDidNotStart: () => 'The daemon did not start.',
  daemonDidNotStartHint: () => 'See `omcm daemon logs`.',
  daemonNewer: () => 'The daemon that runs is newer than this `omcm`.',
  daemonNewerHint: () => 'See `omcm update`, or end that daemon with `omcm daemon stop`.',
  daemonDraining: () => 'The daemon that runs finishes its tasks before it leaves.',
  daemonDrainingHint: () => 'Wait for it, or cancel its tasks with `omcm daemon stop --now`.',
  foreignPlace: (folder: string) =>
    `${folder}, where the daemon's socket lies, belongs to another user, or others can write into it.`,
  foreignPlaceHint: (folder: string) =>
    `Nothing is started there, since somebody else could answer in the daemon's place. If the folder is yours: chmod 700 ${folder}; otherwise have it removed, or set OMCM_HOME to a shorter path.`,
  daemonSilent: () => 'The daemon does not answer.',
  daemonSilentHint: () => 'Try `omcm daemon restart`.',
  daemonRefused: (message: string) => `The daemon refused the request: ${message}`,
  daemonStrange: () => 'The daemon gave an answer that this `omcm` does not understand.',
  file: ({ message }: FileFailure) => message,
  /** What a task can fail with. */
  task: (code: FailureCode) => failure(code).message,
};
