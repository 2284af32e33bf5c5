import { expect, it } from 'vitest';
import { rememberFiles } from '../../../src/daemon/sessions/remembered-files.ts';

function useGit() {
  let now = 0;
  let looks = 0;
  const list = rememberFiles(
    async (directory) => {
      looks += 1;
      return { branch: directory, changed: [`look ${looks}`] };
    },
    () => now,
  );
  return {
    ask: async (directory = '/p') => (await list(directory)).changed[0],
    looks: () => looks,
    at: (ms: number) => {
      now = ms;
    },
  };
}

it('asks git once for those who ask at once, and for each folder', async () => {
  const { ask, looks } = useGit();
  expect(await Promise.all([ask(), ask(), ask('/q')])).toEqual(['look 1', 'look 1', 'look 2']);
  expect(await ask()).toBe('look 1');
  expect(looks()).toBe(2);
});

it('gives what it knows while it looks anew, and waits where that is old', async () => {
  const { ask, at } = useGit();
  await ask();
  at(3_000);
  expect(await ask()).toBe('look 1');
  expect(await ask()).toBe('look 2');
  at(64_000);
  expect(await ask()).toBe('look 3');
});

it('asks again after git has failed', async () => {
  let fails = true;
  const list = rememberFiles(
    async () => {
      if (fails) throw new Error('no git');
      return { branch: null, changed: [] };
    },
    () => 0,
  );
  await expect(list('/p')).rejects.toThrow('no git');
  fails = false;
  expect(await list('/p')).toEqual({ branch: null, changed: [] });
});
