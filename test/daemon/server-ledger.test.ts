import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createServerLedger } from '../../src/daemon/server-ledger.ts';
import { makeTempFolder } from '../adapters/files/temp-folder.ts';

it('has everything written down when it has settled, though nobody waited for it', async () => {
  const file = join(await makeTempFolder(), 'servers.json');
  const ledger = createServerLedger(file);
  await ledger.add(process.pid);
  const written = () => JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly pid: number }[];
  expect(written().map(({ pid }) => pid)).toEqual([process.pid]);

  void ledger.remove(process.pid);
  await ledger.settled();

  expect(written()).toEqual([]);
});
