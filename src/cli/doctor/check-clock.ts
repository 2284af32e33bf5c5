/**
 * Was the clock set back? Windows, budgets and rests are counted in wall time: what was written in a future that has
 * not come yet holds until then.
 */
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Messages } from '../messages.ts';
import { type Finding, ok, warn } from './finding.ts';

/** Clocks are set by some seconds every day. */
const TOLERATED_MS = 2 * 60_000;

export async function checkClock(folder: string, { doctor }: Messages, now: number): Promise<Finding> {
  const aheadMs = (await newestIn(folder)) - now;
  if (aheadMs < TOLERATED_MS) return ok('clock', doctor.clock());
  return warn('clock', doctor.clockBack(Math.round(aheadMs / 60_000), folder), doctor.clockRemedy());
}

async function newestIn(folder: string): Promise<number> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(
    names.map((name) =>
      stat(join(folder, name)).then(
        ({ mtimeMs }) => mtimeMs,
        () => 0,
      ),
    ),
  );
  return Math.max(0, ...times);
}
