import { describe, expect, it } from 'vitest';
import { hasSecretName, toTravellingRemote } from '../../../src/core/worktrees/may-travel.ts';

describe('a file stays for its name', () => {
  it.each([
    '.env',
    'app/.env.local',
    '.npmrc',
    'keys/id_rsa',
    'server.PEM',
    'secrets.yaml',
    'service-account-x.json',
  ])('%s', (path) => expect(hasSecretName(path)).toBe(true));
  it.each(['.env.example', 'src/environment.ts', 'id_rsa.pub', 'keys.ts', 'secret-santa.md', '.envrc.md'])(
    'but not %s',
    (path) => expect(hasSecretName(path)).toBe(false),
  );
});

describe('the address of a remote', () => {
  it.each([
    ['https://github.com/o/r.git', 'https://github.com/o/r.git'],
    ['https://me:token@github.com/o/r.git', 'https://github.com/o/r.git'],
    ['https://token@github.com/o/r.git', 'https://github.com/o/r.git'],
    ['ssh://git@host:22/o/r.git', 'ssh://git@host:22/o/r.git'],
    ['ssh://git:pass@host/o/r.git', 'ssh://host/o/r.git'],
    ['git@github.com:o/r.git', 'git@github.com:o/r.git'],
    ['/home/me/r', null],
    ['file:///home/me/r', null],
    ['ext::sh -c id', null],
    ['-oProxyCommand=x@y:z', null],
    ['http://plain/r', null],
  ])('%s travels as %s', (url, told) => expect(toTravellingRemote(url)).toBe(told));
});
