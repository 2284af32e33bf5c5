import { describe, expect, it } from 'vitest';
import { createFirstStart } from '../../../../src/adapters/opencode/run/first-start.ts';
import { failure } from '../../../../src/core/delegation/failure.ts';

const never = new AbortController().signal;

async function isPast(passing: Promise<void>): Promise<boolean> {
  return Promise.race([
    passing.then(() => true),
    new Promise<false>((resolve) => setImmediate(() => resolve(false))),
  ]);
}

describe('the first start', () => {
  it('goes ahead, and the others wait until it is through', async () => {
    const first = createFirstStart();
    expect(await isPast(first.pass(never))).toBe(true);
    const second = first.pass(never);
    expect(await isPast(second)).toBe(false);
    first.done();
    expect(await isPast(second)).toBe(true);
    expect(await isPast(first.pass(never))).toBe(true);
  });

  it('holds nobody up when it dies on the way', async () => {
    const first = createFirstStart();
    await first.pass(never);
    first.began(Promise.resolve());
    expect(await isPast(first.pass(never))).toBe(true);
  });

  it('is not waited for longer than the caller wants', async () => {
    const first = createFirstStart();
    await first.pass(never);
    await expect(first.pass(AbortSignal.abort(failure('draining')))).rejects.toMatchObject({
      code: 'draining',
    });
  });
});
