import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';
import { useForeignDaemon } from './support/use-foreign-daemon.ts';

const cli = await buildCli();

describe('a daemon that speaks another protocol', () => {
  it('is told of, and not taken for a daemon that is gone', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stderr } = await home.omcm(['daemon', 'status']);
    expect(code).toBe(3);
    expect(stderr).toContain('I speak protocol 9.');
  });

  it('is not asked what would happen', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stdout, stderr } = await home.omcm(['route', '--agent', 'explore', '--explain']);
    expect(code).toBe(0);
    expect(stdout).toContain('fusion-default-explore');
    expect(stderr).toBe('The running daemon could not be asked; decided without it.\n');
  });

  it('is left alone by a run, which says what to do', async () => {
    const home = useCli(cli);
    await useForeignDaemon(home);
    const { code, stderr } = await home.omcm(['run', '--agent', 'explore', 'hi']);
    expect(code).toBe(3);
    expect(stderr).toContain('newer than this `omcm`');
  });

  it('can be stopped all the same', async () => {
    const home = useCli(cli);
    const pid = await useForeignDaemon(home);
    expect(await home.json(['daemon', 'stop'])).toEqual({ stopped: true, pid });
  });
});
