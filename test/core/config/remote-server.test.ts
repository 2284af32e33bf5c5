import { describe, expect, it } from 'vitest';
import { resolveConfig } from '../../../src/core/config/resolve-config.ts';

const resolve = (...remotes: readonly unknown[]) =>
  resolveConfig([{ source: 'config.json', value: { pool: { remotes } } }]);

const FAR = { url: 'https://build.example:4096', passwordEnv: 'BUILD_PASSWORD' };

describe('pool.remotes', () => {
  it.each([
    ['https://build.example', 'https://build.example'],
    ['http://192.168.1.7:4096/', 'http://192.168.1.7:4096'],
    ['https://proxy.example/opencode/', 'https://proxy.example/opencode'],
    ['http://[::1]:4096', 'http://[::1]:4096'],
  ])('takes %s', (url, kept) => {
    const { config, problems } = resolve({ ...FAR, url });
    expect(problems).toEqual([]);
    expect(config.pool.remotes).toEqual([{ url: kept, username: 'opencode', passwordEnv: 'BUILD_PASSWORD' }]);
  });

  it.each([
    ['build.example:4096', 'an address such as'],
    ['ftp://build.example', 'an address such as'],
    ['https://build.example?a=b', 'an address such as'],
    ['https://build.example:99999', 'an address such as'],
    ['https://', 'an address such as'],
  ])('refuses the address %s', (url, expected) => {
    const { config, problems } = resolve({ ...FAR, url });
    expect(config.pool.remotes).toEqual([]);
    expect(problems.map(({ message }) => message).join()).toContain(expected);
  });

  it.each([
    ['in the address', { ...FAR, url: 'https://opencode:hunter2@build.example' }],
    ['in place of the name of its variable', { ...FAR, passwordEnv: 'hunter2' }],
    ['under a key of its own', { ...FAR, password: 'hunter2' }],
    ['in the user name', { ...FAR, username: 'opencode:hunter2' }],
  ])('takes no password %s, and does not repeat it', (_where, remote) => {
    const { config, problems } = resolve(remote);
    expect(config.pool.remotes).toEqual([]);
    expect(problems).toHaveLength(1);
    expect(problems[0]?.message).toContain('the whole list is ignored');
    expect(JSON.stringify(problems)).not.toContain('hunter2');
  });

  it('says that the variable of the password is needed', () => {
    const [problem] = resolve({ url: FAR.url }).problems;
    expect(problem).toMatchObject({ keyPath: 'pool.remotes[0].passwordEnv', code: 'invalid-value' });
  });

  it('takes each address once', () => {
    const { config, problems } = resolve(FAR, { ...FAR, url: `${FAR.url}/` });
    expect(config.pool.remotes).toEqual([]);
    expect(problems[0]?.message).toContain('a list in which each address stands once');
  });
});
