import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

function useUntrusted(config: object = {}): CliHome {
  const home = useCli(cli, { config });
  writeFileSync(join(home.projectDir, 'opencode.json'), '{}');
  return home;
}

describe('omcm trust', () => {
  it('lets work leave Claude in a project that brings files of OpenCode', async () => {
    const home = useUntrusted();
    const run = () => home.omcm(['run', '--agent', 'explore', 'look']);
    expect(await run()).toMatchObject({ code: 5 });
    const trusted = await home.omcm(['trust']);
    expect(trusted.stderr).toContain(join(home.projectDir, 'opencode.json'));
    expect(await run()).toMatchObject({ code: 0 });
    await home.omcm(['trust', '--remove']);
    expect(await run(), 'at once').toMatchObject({ code: 5 });
  });

  it('trusts the folder where the files lie, also from within', async () => {
    const home = useUntrusted();
    const inner = join(home.projectDir, 'packages', 'one');
    mkdirSync(inner, { recursive: true });
    expect(await home.json(['trust'], { cwd: inner })).toMatchObject({ folder: home.projectDir });
    expect(await home.json(['trust', '--list'])).toMatchObject({ folders: [{ folder: home.projectDir }] });
    expect(statSync(home.paths.trustFile).mode & 0o777).toBe(0o600);
    expect((await home.omcm(['trust', '--remove', inner])).code).toBe(2);
  });

  it('is told of by `omcm route`, and not asked for with security.trust: always', async () => {
    const refused = await useUntrusted().json(['route', '--agent', 'explore']);
    expect(refused).toMatchObject({ reason: 'project-not-trusted', step: 'trust' });
    const always = await useUntrusted({ security: { trust: 'always' } }).json([
      'route',
      '--agent',
      'explore',
    ]);
    expect(always).toMatchObject({ route: true });
  });

  it('cannot be given by the project itself', async () => {
    const home = useCli(cli);
    mkdirSync(join(home.projectDir, '.omcm'));
    writeFileSync(join(home.projectDir, '.omcm', 'config.json'), '{"security": {"trust": "always"}}');
    expect(await home.json(['route', '--agent', 'explore'])).toMatchObject({ step: 'trust' });
  });

  it('is offered once, at the start of a session', async () => {
    const home = useUntrusted();
    await home.omcm(['daemon', 'start']);
    const start = async () =>
      (await home.call('POST', '/v1/sessions', { sessionId: 's', directory: home.projectDir })).body;
    expect(await start()).toMatchObject({
      notice: expect.stringContaining(`omcm trust "${home.projectDir}"`),
    });
    expect(await start()).toMatchObject({ notice: null });
    await home.omcm(['daemon', 'stop']);
  });
});
