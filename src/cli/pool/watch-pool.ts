/** `omcm pool status --watch`: the same place of the terminal, once a second; plain lines elsewhere. */
import { setTimeout as sleep } from 'node:timers/promises';
import { statusSchema } from '../../protocol/status.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';
import { renderPool } from './render-pool.ts';

const EVERY_MS = 1_000;
const CLEAR_SCREEN = '\u001b[2J\u001b[H';

export async function watchPool({ output, m, paths: { socketPath } }: Cli): Promise<never> {
  for (;;) {
    const { opencode } = await askDaemon({ socketPath, path: '/v1/status' }, statusSchema, m);
    if (process.stdout.isTTY) output.write(CLEAR_SCREEN);
    output.result(opencode, () => renderPool(opencode, m, Date.now()));
    await sleep(EVERY_MS);
  }
}
