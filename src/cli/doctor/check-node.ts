import type { Messages } from '../messages.ts';
import { type Finding, fail, ok } from './finding.ts';
import { isAtLeast, type Version, writeVersion } from './version.ts';

const LEAST: Version = [20, 19, 0];

export function checkNode(version: string, { doctor }: Messages): Finding {
  if (isAtLeast(version, LEAST)) return ok('node', doctor.node(version));
  const least = writeVersion(LEAST);
  return fail('node', doctor.nodeOld(version, least), doctor.nodeRemedy(least));
}
