import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { processStart } from '../../src/adapters/opencode/process-facts.ts';
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

/** A server of an earlier daemon that takes its time to end, and then notes what it finds. */
async function leaveServer(
  { paths }: DaemonHome,
  store: string,
): Promise<() => { at: number; had: boolean }> {
  const note = `${store}.note`;
  const leave = `writeFileSync(${JSON.stringify(note)},
    JSON.stringify({ at: Date.now(), had: existsSync(${JSON.stringify(store)}) })); process.exit();`;
  const program = `const { existsSync, writeFileSync } = require('node:fs');
    process.on('SIGTERM', () => setTimeout(() => { ${leave} }, 700));
    setTimeout(() => process.exit(), 20_000);
    console.log('there');`;
  const left = spawn(process.execPath, ['-e', program], {
    detached: true,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  onTestFinished(() => void left.kill('SIGKILL'));
  await once(left.stdout, 'data');
  const { pid = 0 } = left;
  const entries = [{ pid, start: await processStart(pid) }];
  writeFileSync(join(paths.stateDir, 'opencode', 'servers.json'), JSON.stringify(entries));
  return () => JSON.parse(readFileSync(note, 'utf8'));
}

it('no server begins in a place, and no store is removed, before the one that an earlier daemon left is gone', async () => {
  const home = useDaemonHome();
  const store = writeStore(home, 'server-1');
  const left = await leaveServer(home, store);

  await home.ensure(programs);
  await home.call('POST', '/v1/warm', { directory: home.projectDir });

  const { at, had } = left();
  expect(had).toBe(true);
  const [began] = home.journal().filter(({ started }) => started !== undefined);
  expect(began?.at).toBeGreaterThanOrEqual(at);
  expect(existsSync(store)).toBe(false);
});
