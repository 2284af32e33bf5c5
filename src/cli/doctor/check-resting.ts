/** Is any provider or model put aside, so that its tasks go elsewhere? */
import { describeResting } from '../describe-resting.ts';
import type { Messages } from '../messages.ts';
import type { Consulted } from './consult-daemon.ts';
import { type Finding, warn } from './finding.ts';

export function checkResting(consulted: Consulted, m: Messages, now: number): readonly Finding[] {
  if (consulted.kind !== 'running') return [];
  const resting = consulted.status?.resting ?? [];
  return resting.map((one) =>
    warn('resting', m.doctor.resting(describeResting(one, m, now)), m.doctor.restingRemedy()),
  );
}
