import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { resolvePaths } from '../../src/adapters/files/paths.ts';
import { endpointFileIn, type HomeVariables } from '../../src/protocol/endpoint-place.ts';

/** Where those look that have Node's path module; a home that is set is the one that the system knows. */
function endpointByPaths(env: HomeVariables, platform: 'linux' | 'win32'): string {
  const home = env.HOME || env.USERPROFILE || '';
  const input = { env: { ...env }, home, platform, tmpDir: '/tmp', uid: 1000 };
  return resolvePaths(input).endpointFile;
}

const part = fc.constantFrom('a', 'of mine', '한글', '..', '.', '~', 'C:', 'x\\y', '.omcm');
const relative = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const given = fc.oneof(
  relative,
  relative.map((rest) => `/${rest}`),
  relative.map((rest) => `~/${rest}`),
  fc.constantFrom('', '~', '~other', '/', '/srv/omcm/', '/srv//omcm', '~/', 'C:/x', '\\x'),
);
const unset = { nil: undefined };

describe('the mod looks for the endpoint file where everybody else does', () => {
  it('on a Unix, whatever the environment says', () => {
    const env = fc.record({
      OMCM_HOME: fc.option(given, unset),
      XDG_STATE_HOME: fc.option(given, unset),
      HOME: fc.constantFrom('/home/kim', '/home/kim/', '/집/with spaces'),
      USERPROFILE: fc.option(fc.constant('/elsewhere'), unset),
    });
    fc.assert(
      fc.property(env, (variables) => {
        expect(path.posix.normalize(endpointFileIn(variables) ?? '')).toBe(
          endpointByPaths(variables, 'linux'),
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it.each([
    [{}, 'C:\\Users\\Kim\\.omcm\\omcmd.json'],
    [{ OMCM_HOME: 'D:\\omcm' }, 'D:\\omcm\\omcmd.json'],
    [{ OMCM_HOME: '~\\mine' }, 'C:\\Users\\Kim\\mine\\omcmd.json'],
    [{ OMCM_HOME: 'mine' }, 'C:\\Users\\Kim\\mine\\omcmd.json'],
    [{ XDG_STATE_HOME: 'D:\\state' }, 'D:\\state\\omcm\\omcmd.json'],
    [{ XDG_STATE_HOME: 'state' }, 'C:\\Users\\Kim\\.omcm\\omcmd.json'],
  ])('on Windows with %j', (extra, file) => {
    const variables = { USERPROFILE: 'C:\\Users\\Kim', ...extra };
    expect(endpointByPaths(variables, 'win32')).toBe(file);
    expect(path.win32.normalize(endpointFileIn(variables) ?? '')).toBe(file);
  });

  it('and nowhere where no home is known', () => {
    expect(endpointFileIn({})).toBeNull();
    expect(endpointFileIn({ OMCM_HOME: 'relative' })).toBeNull();
    expect(endpointFileIn({ OMCM_HOME: '/srv/omcm' })).toBe('/srv/omcm/omcmd.json');
  });
});
