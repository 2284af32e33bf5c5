import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { scanSecrets } from '../../../src/adapters/secrets/scan-secrets.ts';

const TEXT = `curl -H "Authorization: Bearer ghp_${'a1B2'.repeat(9)}"`;

it('finds a key, and leaves nothing of the scan in memory', async () => {
  const timeline = () => [
    ...performance.getEntriesByType('mark'),
    ...performance.getEntriesByType('measure'),
  ];
  const before = timeline().length;
  expect(await scanSecrets(TEXT)).toMatchObject([{ kind: expect.stringContaining('github') }]);
  await nextTurn();
  expect(timeline()).toHaveLength(before);
});
