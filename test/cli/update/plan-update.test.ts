import { describe, expect, it } from 'vitest';
import { planUpdate, type Versions } from '../../../src/cli/update/plan-update.ts';

const OWN: Versions = {
  omcm: { version: '1.2.0', root: '/usr/lib/node_modules/oh-my-claude-money', installation: 'npm' },
  plugin: { key: 'omcm@omcm', version: '1.2.0' },
  daemon: { version: '1.2.0', pid: 1 },
  newerFiles: [],
};
const NPM = 'npm install -g oh-my-claude-money@latest';
const PLUGIN = 'claude plugin marketplace update omcm && claude plugin update omcm@omcm';
const RESTART = 'omcm daemon restart';

const plugin = (version: string | null) => ({ plugin: { key: 'omcm@omcm', version } });
const daemon = (version: string) => ({ daemon: { version, pid: 1 } });

describe('what is to be done', () => {
  it.each([
    ['all are the same', {}, []],
    ['nothing else is there', { plugin: null, daemon: null }, []],
    ['Claude Code does not tell the version', plugin(null), []],
    ['the daemon is older', daemon('1.1.9'), [['daemon', 'omcm', RESTART]]],
    ['the plugin is older', plugin('1.2.0-beta.1'), [['plugin', 'omcm', PLUGIN]]],
    [
      'both are older',
      { ...plugin('1.1.0'), ...daemon('1.0.0') },
      [
        ['plugin', 'omcm', PLUGIN],
        ['daemon', 'omcm', RESTART],
      ],
    ],
    [
      'the plugin is newer, and started its daemon',
      { ...plugin('2.0.0'), ...daemon('2.0.0') },
      [['omcm', 'plugin', NPM]],
    ],
    [
      'the plugin is newer than both others',
      plugin('1.10.0'),
      [
        ['omcm', 'plugin', NPM],
        ['daemon', 'plugin', RESTART],
      ],
    ],
    [
      'the daemon is newer than the rest',
      daemon('1.3.0'),
      [
        ['omcm', 'daemon', NPM],
        ['plugin', 'daemon', PLUGIN],
      ],
    ],
    ['a later version wrote a state file', { newerFiles: ['metrics.json'] }, [['omcm', 'state', NPM]]],
  ] as const)('where %s', (_where, given: Partial<Versions>, steps) => {
    const planned = planUpdate({ ...OWN, ...given });
    expect(planned.map(({ id, olderThan, command }) => [id, olderThan, command])).toEqual(steps);
  });

  it('is one step for command line and plugin where both come from one marketplace', () => {
    const omcm = { ...OWN.omcm, installation: 'marketplace' as const };
    const planned = planUpdate({ ...OWN, omcm, ...daemon('1.3.0') });
    expect(planned).toEqual([{ id: 'omcm', olderThan: 'daemon', command: PLUGIN }]);
  });
});
