import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createServerLedger } from '../../../src/daemon/pool/server-ledger.ts';
import { makeTempFolder } from '../../adapters/files/temp-folder.ts';
import { runTask } from '../support/run-task.ts';
import { until } from '../support/until.ts';
import { useApi } from '../support/use-api.ts';

function pidsIn(file: string): readonly number[] {
  if (!existsSync(file)) return [];
  return (JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly pid: number }[]).map(
    ({ pid }) => pid,
  );
}

it('has everything written down when it has settled, though nobody waited for it', async () => {
  const file = join(await makeTempFolder(), 'servers.json');
  const ledger = createServerLedger(file);
  await ledger.add(process.pid);
  expect(pidsIn(file)).toEqual([process.pid]);

  void ledger.remove(process.pid);
  await ledger.settled();

  expect(pidsIn(file)).toEqual([]);
});

it('names a server from the moment that its process is there, until it is gone', async () => {
  const api = await useApi({
    config: { opencode: { startTimeout: 2_000 } },
    env: { FAKE_OPENCODE_FAULT: 'never-ready' },
  });
  const file = join(api.paths.stateDir, 'opencode', 'servers.json');
  const started = () => api.journal().flatMap(({ started }) => started ?? []);
  const ending = runTask(api);

  await until(() => started().length === 1);
  await until(() => pidsIn(file).includes(started()[0] ?? 0), 1_000);

  expect(await ending).toMatchObject({ failure: { code: 'server-start-failed' } });
  await until(() => pidsIn(file).length === 0, 1_000);
});

it('crosses out a process that has ended before it was written down', async () => {
  const file = join(await makeTempFolder(), 'servers.json');
  const ledger = createServerLedger(file);
  void ledger.add(process.pid);
  void ledger.remove(process.pid);
  await ledger.settled();
  expect(pidsIn(file)).toEqual([]);
});
