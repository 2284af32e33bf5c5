/** Does the team work: is its Redis there, is anybody there, and does everybody understand each other? */
import type { TeamStatus, TeamWorker } from '../../protocol/status.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** Nothing where there is no team. */
export function checkTeam(consulted: Consulted, m: Messages): readonly Finding[] {
  const team = consulted.kind === 'running' ? consulted.status?.team : undefined;
  if (team === undefined) return [];
  return [checkPresence(team, m), ...checkWorkers(team, m), ...checkSchedulers(team, m)];
}

function checkPresence({ redis, namespace, workers, protocol }: TeamStatus, { doctor }: Messages): Finding {
  if (redis === 'lost') return fail('team', doctor.teamLost(namespace), doctor.teamLostRemedy());
  const able = workers.filter((worker) => worker.protocol === protocol).length;
  if (able === 0) return warn('team', doctor.teamEmpty(namespace), doctor.teamEmptyRemedy());
  return ok('team', doctor.team(namespace, able));
}

function checkWorkers({ workers, protocol = 0 }: TeamStatus, { doctor }: Messages): readonly Finding[] {
  return workers.flatMap(({ id, version, protocol: theirs, host }: TeamWorker) => {
    if (theirs === undefined || theirs === protocol) return [];
    const remedy = theirs < protocol ? doctor.teamUpdateThere(host) : doctor.updateRemedy();
    return [warn('team', doctor.teamStranger(id, version, theirs, protocol), remedy)];
  });
}

function checkSchedulers(
  { schedulers = [], protocol = 0 }: TeamStatus,
  { doctor }: Messages,
): readonly Finding[] {
  return schedulers.flatMap(({ host, version, protocol: theirs }) => {
    if (theirs === protocol) return [];
    const remedy = theirs < protocol ? doctor.teamUpdateThere(host) : doctor.updateRemedy();
    return [warn('team', doctor.teamScheduler(host, version, theirs, protocol), remedy)];
  });
}
