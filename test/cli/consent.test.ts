import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();
const WRITER = ['route', '--agent', 'writer', '--permission-mode', 'default', '--mode', 'fusion'];

describe('omcm consent', () => {
  it('lets an agent that writes leave Claude with Claude Code’s own tools, in this project', async () => {
    const home = useCli(cli);
    expect(await home.json(WRITER)).toMatchObject({ route: false, engineWhy: 'no-consent-google' });
    expect((await home.omcm(WRITER)).stdout).toContain('omcm consent google');

    expect(await home.json(['consent', 'gemini'])).toMatchObject({ provider: 'google', said: 'yes' });

    expect(await home.json(WRITER)).toMatchObject({ route: true, engine: 'native-tools' });
    expect(statSync(home.paths.consentFile).mode & 0o777).toBe(0o600);
    expect(await home.json(['consent'])).toMatchObject({
      consents: [{ provider: 'google', folder: home.projectDir }],
    });
    const elsewhere = await home.json([...WRITER, '--directory', home.home]);
    expect(elsewhere).toMatchObject({ route: false, engineWhy: 'no-consent-google' });
  });

  it('refuses for a project what holds everywhere, and takes it back', async () => {
    const home = useCli(cli, { config: { mode: 'fusion' } });
    const why = async () => (await home.json(WRITER)) as { engineWhy: string };
    await home.omcm(['consent', 'google', '--everywhere']);
    expect(await why()).toMatchObject({ engineWhy: 'writes' });
    await home.omcm(['consent', '--never']);
    expect(await why(), 'nearer than what was said everywhere').toMatchObject({
      engineWhy: 'refused-google',
    });
    await home.omcm(['consent', 'google']);
    expect(await why(), 'and one vendor is nearer than all').toMatchObject({ engineWhy: 'writes' });
    await home.omcm(['consent', '--never']);
    expect(await why(), 'a later no to all takes that back').toMatchObject({ engineWhy: 'refused-google' });
    expect((await home.omcm(['consent', '--remove'])).code).toBe(0);
    expect(await why()).toMatchObject({ engineWhy: 'writes' });
    expect((await home.omcm(['consent', '--remove'])).code).toBe(2);
  });

  it('is not asked for Claude', async () => {
    const { code, stderr } = await useCli(cli).omcm(['consent', 'claude']);
    expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('Claude') });
  });
});
