import { isNewer } from '../../client/compare-versions.ts';
import { VERSION } from '../../version.ts';
import { renderProblem } from '../daemon/render-status.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

const SHOWN_PROBLEMS = 3;

export function checkDaemon(consulted: Consulted, m: Messages): readonly Finding[] {
  return [checkProcess(consulted, m), checkProblems(consulted, m)];
}

function checkProcess(consulted: Consulted, { doctor }: Messages): Finding {
  if (consulted.kind === 'not-running') return ok('daemon', doctor.daemonIdle());
  if (consulted.kind === 'unreachable') {
    return fail('daemon', doctor.daemonFailed(consulted.message), doctor.daemonFailedRemedy());
  }
  const { version, pid } = consulted.health;
  if (version === VERSION) return ok('daemon', doctor.daemon(version, pid));
  // A newer one is not replaced by an older one of ours.
  const remedy = isNewer(version, VERSION) ? doctor.updateRemedy() : doctor.daemonOtherRemedy();
  return warn('daemon', doctor.daemonOther(version, VERSION), remedy);
}

function checkProblems(consulted: Consulted, { doctor }: Messages): Finding {
  if (consulted.kind !== 'running' || consulted.status === null) {
    return ok('recent-problems', doctor.problemsNotAsked());
  }
  const last = consulted.status.recentProblems.slice(-SHOWN_PROBLEMS);
  if (last.length === 0) return ok('recent-problems', doctor.problems());
  const list = last.map(renderProblem).join('; ');
  return warn('recent-problems', doctor.problemsSome(list), doctor.problemsRemedy());
}
