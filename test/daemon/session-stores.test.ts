import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isRunning } from '../support/stop-process.ts';
import { buildPrograms } from './support/build-programs.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

function writeStore({ paths }: DaemonHome, place: string): string {
  const folder = join(paths.stateDir, 'opencode');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `sessions-${place}.db`);
  writeFileSync(file, 'sessions of somebody');
  return file;
}

it('sessions that an earlier daemon left are removed when the next one starts', async () => {
  const home = useDaemonHome();
  const left = [writeStore(home, 'server-3'), writeStore(home, 'acp')];
  await home.ensure(programs);
  await until(() => !left.some((file) => existsSync(file)), 4_000);
});

it('sessions go with their server', async () => {
  const home = useDaemonHome();
  await home.ensure(programs);
  await home.call('POST', '/v1/warm', { directory: home.projectDir });
  const [server] = (await home.status()).opencode.servers;
  const store = writeStore(home, server?.id ?? '');
  expect(isRunning(server?.pid ?? 0)).toBe(true);

  process.kill(server?.pid ?? 0, 'SIGKILL');

  await until(() => !existsSync(store), 4_000);
});
