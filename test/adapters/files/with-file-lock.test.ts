import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { withFileLock } from '../../../src/adapters/files/with-file-lock.ts';
import { makeTempFolder } from './temp-folder.ts';

describe('withFileLock', () => {
  it('lets one in at a time', async () => {
    const file = path.join(await makeTempFolder(), 'file');
    let inside = 0;
    const visits = Array.from({ length: 6 }, () =>
      withFileLock(file, async () => {
        inside += 1;
        await sleep(2);
        const seen = inside;
        inside -= 1;
        return seen;
      }),
    );
    expect(await Promise.all(visits)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it('lets the holder of a lost lock finish', async () => {
    const file = path.join(await makeTempFolder(), 'file');
    const work = withFileLock(file, async () => {
      await rm(`${file}.lock`, { recursive: true });
      // Past the renewal that finds out.
      await sleep(3_000);
      return 'finished';
    });
    expect(await work).toBe('finished');
  });
});
