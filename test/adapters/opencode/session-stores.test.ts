import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  removeSessionStore,
  removeSessionStores,
  sessionStore,
} from '../../../src/adapters/opencode/session-stores.ts';
import { makeTempFolder } from '../files/temp-folder.ts';

async function stateDirWith(...names: readonly string[]): Promise<string> {
  const stateDir = await makeTempFolder();
  mkdirSync(join(stateDir, 'opencode'));
  for (const name of names) writeFileSync(join(stateDir, 'opencode', name), 'x');
  return stateDir;
}

const filesIn = (stateDir: string) => readdirSync(join(stateDir, 'opencode')).sort();

describe('session stores', () => {
  it('are all removed, with what SQLite keeps beside them, and nothing else is', async () => {
    const stateDir = await stateDirWith(
      'sessions-server-1.db',
      'sessions-server-1.db-wal',
      'sessions-server-1.db-shm',
      'sessions-acp.db',
      'servers.json',
      'sessions-notes.txt',
    );
    expect(await removeSessionStores(stateDir, () => true)).toBe(2);
    expect(filesIn(stateDir)).toEqual(['servers.json', 'sessions-notes.txt']);
  });

  it('are removed one by one as well', async () => {
    const stateDir = await stateDirWith(
      'sessions-server-1.db',
      'sessions-server-1.db-wal',
      'sessions-server-10.db',
    );
    await removeSessionStore(sessionStore(stateDir, 'server-1'));
    expect(filesIn(stateDir)).toEqual(['sessions-server-10.db']);
  });

  it('stay where another place is meant', async () => {
    const stateDir = await stateDirWith('sessions-server-1.db', 'sessions-server-2.db');
    await removeSessionStores(stateDir, (place) => place !== 'server-1');
    expect(filesIn(stateDir)).toEqual(['sessions-server-1.db']);
  });

  it('need not be there', async () => {
    expect(await removeSessionStores('/no/such/folder', () => true)).toBe(0);
  });
});
