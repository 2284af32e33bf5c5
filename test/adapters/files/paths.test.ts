import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type PathsInput, projectConfigFile, resolvePaths } from '../../../src/adapters/files/paths.ts';

const input = (over: Partial<PathsInput> = {}): PathsInput => ({
  env: {},
  home: '/home/kim',
  platform: 'linux',
  tmpDir: '/tmp',
  uid: 1000,
  ...over,
});

describe('resolvePaths', () => {
  it('puts everything under ~/.omcm where nothing else is said', () => {
    expect(resolvePaths(input())).toEqual({
      stateDir: '/home/kim/.omcm',
      configDir: '/home/kim/.omcm',
      userConfigFile: '/home/kim/.omcm/config.json',
      claudeDir: '/home/kim/.claude',
      claudeCredentialsFile: '/home/kim/.claude/.credentials.json',
      seedConfigFile: '/home/kim/.claude/plugins/omcm/config.json',
      logsDir: '/home/kim/.omcm/logs',
      resultsDir: '/home/kim/.omcm/results',
      handoffDir: '/home/kim/.omcm/handoff',
      endpointFile: '/home/kim/.omcm/omcmd.json',
      socketPath: '/home/kim/.omcm/omcmd.sock',
      fusionStateFile: '/home/kim/.omcm/fusion-state.json',
      fallbackStateFile: '/home/kim/.omcm/fallback-state.json',
      providerLimitsFile: '/home/kim/.omcm/provider-limits.json',
      routingLogFile: '/home/kim/.omcm/routing-log.jsonl',
      sessionModesFile: '/home/kim/.omcm/session-modes.json',
      runsDir: '/home/kim/.omcm/runs',
      metricsFile: '/home/kim/.omcm/metrics.json',
      metricsTokenFile: '/home/kim/.omcm/metrics-token',
      outcomeLogFile: '/home/kim/.omcm/task-outcomes.jsonl',
      claudeUsageFile: '/home/kim/.omcm/claude-usage.jsonl',
      hudFile: '/home/kim/.omcm/hud.json',
      trustFile: '/home/kim/.omcm/trusted-folders.json',
      consentFile: '/home/kim/.omcm/vendor-consents.json',
    });
  });

  it('keeps state and configuration in the XDG folders where they are set', () => {
    const { stateDir, configDir } = resolvePaths(
      input({ env: { XDG_STATE_HOME: '/x/state', XDG_CONFIG_HOME: '/x/etc' } }),
    );
    expect({ stateDir, configDir }).toEqual({ stateDir: '/x/state/omcm', configDir: '/x/etc/omcm' });
  });

  it('moves only what XDG names, and ignores a relative XDG path', () => {
    const { stateDir, configDir } = resolvePaths(
      input({ env: { XDG_STATE_HOME: '/x/state', XDG_CONFIG_HOME: 'etc' } }),
    );
    expect({ stateDir, configDir }).toEqual({ stateDir: '/x/state/omcm', configDir: '/home/kim/.omcm' });
  });

  it.each([
    ['/srv/omcm', '/srv/omcm'],
    ['~/of mine', '/home/kim/of mine'],
    ['~', '/home/kim'],
    ['relative', '/home/kim/relative'],
    ['~other', '/home/kim/~other'],
  ])('puts OMCM_HOME=%s before XDG, as %s', (given, understood) => {
    const { stateDir, configDir } = resolvePaths(input({ env: { OMCM_HOME: given, XDG_STATE_HOME: '/x' } }));
    expect({ stateDir, configDir }).toEqual({ stateDir: understood, configDir: understood });
  });

  it('takes an empty variable for one that is not set', () => {
    const env = { OMCM_HOME: '', XDG_STATE_HOME: '', CLAUDE_CONFIG_DIR: '' };
    expect(resolvePaths(input({ env }))).toEqual(resolvePaths(input()));
  });

  it("finds the seed's place where Claude Code's folder was moved", () => {
    const { seedConfigFile } = resolvePaths(input({ env: { CLAUDE_CONFIG_DIR: '/srv/claude' } }));
    expect(seedConfigFile).toBe('/srv/claude/plugins/omcm/config.json');
  });

  it("names a project's own configuration", () => {
    expect(projectConfigFile('/work/my project')).toBe(path.join('/work/my project', '.omcm', 'config.json'));
  });
});

describe('the socket', () => {
  const homeOfBytes = (bytes: number) => `/${'h'.repeat(bytes - 1)}`;

  it('lies in the state folder up to 100 bytes of path, and elsewhere beyond', () => {
    const rest = '/.omcm/omcmd.sock'.length;
    expect(resolvePaths(input({ home: homeOfBytes(100 - rest) })).socketPath).toHaveLength(100);
    expect(resolvePaths(input({ home: homeOfBytes(101 - rest) })).socketPath).toMatch(
      /^\/tmp\/omcm-1000\/[0-9a-f]{16}\.sock$/,
    );
  });

  it('counts bytes, not characters', () => {
    const home = `/home/${'가'.repeat(30)}`;
    expect(`${home}/.omcm/omcmd.sock`.length).toBeLessThan(100);
    expect(resolvePaths(input({ home })).socketPath).toMatch(/^\/tmp\/omcm-1000\//);
  });

  it('is another one for each state folder, and the same each time', () => {
    const socketOf = (home: string) => resolvePaths(input({ home })).socketPath;
    expect(socketOf(homeOfBytes(120))).toBe(socketOf(homeOfBytes(120)));
    expect(socketOf(homeOfBytes(120))).not.toBe(socketOf(homeOfBytes(121)));
  });

  it('stays short under a long temporary folder', () => {
    const { socketPath } = resolvePaths(input({ home: homeOfBytes(120), tmpDir: homeOfBytes(120) }));
    expect(Buffer.byteLength(socketPath)).toBeLessThanOrEqual(100);
  });

  it('is a named pipe on Windows', () => {
    const windows = input({ platform: 'win32', home: 'C:\\Users\\Kim', uid: null, tmpDir: 'C:\\Temp' });
    const paths = resolvePaths(windows);
    expect(paths.stateDir).toBe('C:\\Users\\Kim\\.omcm');
    expect(paths.socketPath).toMatch(/^\\\\\.\\pipe\\omcm-[0-9a-f]{16}$/);
  });
});
