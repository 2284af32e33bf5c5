// Would what docs/scaling.md shows for services be taken by those who read it?
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { connectRedis } from '../../src/adapters/bullmq/connect-redis.ts';
import { findCodeBlocks } from '../support/code-blocks.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';
import { useRedis } from '../support/use-redis.ts';

const BLOCKS = findCodeBlocks(readFileSync('docs/scaling.md', 'utf8'));
const blockIn = (wanted: string) => BLOCKS.find(({ language }) => language === wanted)?.text ?? '';
const hasSystemd = spawnSync('systemd-analyze', ['--version']).status === 0;

it.skipIf(!hasSystemd)('shows a unit that systemd takes', () => {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'omcm-worker.service');
  const verify = (unit: string) => {
    writeFileSync(file, unit);
    return spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' }).stderr;
  };
  const unit = blockIn('ini').replace('/usr/bin/omcm', process.execPath);
  expect(verify(unit)).not.toContain(file);
  expect(verify(unit.replace('KillMode=', 'KilMode='))).toContain(file);
});

it('shows a compose file whose Redis starts, behind TLS and a password', async () => {
  const { services } = parse(blockIn('yaml')) as { services: { redis: { command: string; ports: unknown } } };
  const [program, ...words] = services.redis.command.split(' ');
  expect(program).toBe('redis-server');
  expect(services.redis.ports).toEqual(['6379:6379']);
  const { address } = await useRedis({ tls: true, as: words });
  const stateOf = (url: string) =>
    new Promise((resolve) => {
      const { close } = connectRedis({ ...address, url }, (trouble) =>
        resolve(trouble?.code ?? 'it is there'),
      );
      onTestFinished(close);
    });
  expect(await stateOf(address.url)).toBe('it is there');
  expect(await stateOf(address.url.replace(/:[^:@]*@/, ''))).toBe('redis-login-refused');
});
