import type { LoadedConfig } from '../../adapters/files/load-config.ts';
import type { Messages } from '../messages.ts';
import { type Finding, ok, warn } from './finding.ts';

/** A wrong setting is ignored, and the rest goes on working. */
export function checkConfig({ problems }: LoadedConfig, { config, doctor }: Messages): readonly Finding[] {
  if (problems.length === 0) return [ok('config', doctor.config())];
  return problems.map((problem) => warn('config', config.problem(problem), doctor.configRemedy()));
}
