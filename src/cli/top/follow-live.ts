/** What goes on, read from the daemon again and again, each time from where it was. */
import { DaemonUnreachable } from '../../client/call-daemon.ts';
import type { LiveState } from '../../core/live/live-state.ts';
import { type LiveCopy, takeUpdate } from '../../core/live/live-update.ts';
import { liveUpdateSchema } from '../../protocol/live.ts';
import type { Cli } from '../cli.ts';
import { askDaemon } from '../daemon/ask-daemon.ts';

const WAIT_MS = 5_000;

export type Following = { readonly signal?: AbortSignal };

export async function* followLive(
  { m, paths: { socketPath } }: Cli,
  { signal }: Following = {},
): AsyncGenerator<LiveState> {
  let copy: LiveCopy | null = null;
  while (!signal?.aborted) {
    const place: string = copy === null ? '' : `&life=${copy.life}&seq=${copy.seq}`;
    const call = { socketPath, path: `/v1/live?wait=${WAIT_MS}${place}`, ...(signal && { signal }) };
    const update = await askDaemon(call, liveUpdateSchema, m);
    const before: LiveCopy | null = copy;
    copy = takeUpdate(copy, update);
    if (copy !== null && copy.seq !== before?.seq) yield copy.state;
  }
}

/** Once everything has been read of which there is a present. */
export async function readWhole(cli: Cli): Promise<LiveState> {
  for await (const state of followLive(cli)) {
    if (Object.values(state.levels).every((level) => level !== null)) return state;
  }
  throw new DaemonUnreachable();
}
