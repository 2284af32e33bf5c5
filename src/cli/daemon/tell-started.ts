import type { Cli } from '../cli.ts';
import type { ReachedDaemon } from './reach-daemon.ts';

export function tellStarted({ health, started }: ReachedDaemon, { output, m, paths }: Cli): void {
  const { version, pid } = health;
  output.result({ started, version, pid, socketPath: paths.socketPath }, () => '');
  output.say(started ? m.daemon.started(version, pid) : m.daemon.alreadyRunning(version, pid));
}
