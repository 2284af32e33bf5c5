import { join } from 'node:path';
import type { Config } from '../../core/config/schema.ts';
import type { Cli } from '../cli.ts';
import { printableText } from '../printable-text.ts';
import { untrustedFiles } from '../trust/untrusted-files.ts';
import { type Finding, ok, warn } from './finding.ts';

export async function checkTrust(cli: Cli, directory: string, config: Config): Promise<Finding> {
  const { doctor } = cli.m;
  const files = await untrustedFiles(cli, directory, config);
  if (files.length === 0) return ok('trust', doctor.trust());
  const names = files.map(({ folder, name }) => printableText(join(folder, name)));
  return warn('trust', doctor.trustMissing(names.join(', ')), doctor.trustRemedy());
}
