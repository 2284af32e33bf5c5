/** What the state file says where no daemon runs. */
import { join } from 'node:path';
import { loadConfig } from '../../adapters/files/load-config.ts';
import { rescuesSpec } from '../../adapters/files/rescues.ts';
import { holdsStill } from '../../core/native-tools/rescue-standing.ts';
import type { RescueStatus } from '../../protocol/rescue.ts';
import type { Cli } from '../cli.ts';
import { readState } from '../routing/read-state.ts';

export async function readRescueOffline(cli: Cli, directory: string): Promise<RescueStatus> {
  const { paths, env } = cli;
  const [{ config }, sessions] = await Promise.all([
    loadConfig({ paths, projectDir: directory, env }),
    readState(cli, rescuesSpec(join(paths.stateDir, 'rescues.json')), []),
  ]);
  const now = Date.now();
  return { rescue: config.rescue, sessions: sessions.filter((one) => holdsStill(one, now)) };
}
