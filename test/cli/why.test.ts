import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const RULES = [{ id: 'stays', action: 'prefer_claude', when: { agent: 'architect' } }];

/** A home in which one call was routed, and one stayed by a rule; its daemon has gone since. */
async function useLog(config: object = {}): Promise<CliHome> {
  const home = useCli(cli, { config: { rules: RULES, ...config } });
  await home.omcm(['run', '--agent', 'explore', 'look into src/a.ts']);
  await home.omcm(['run', '--agent', 'architect', 'advise']);
  await home.omcm(['daemon', 'stop']);
  return home;
}

describe('omcm why', () => {
  it('explains the last decision while no daemon runs', async () => {
    const home = await useLog();
    const { stdout, code } = await home.omcm(['why']);
    expect(code).toBe(0);
    expect(stdout).toContain('architect stays on Claude\n  rule-prefer-claude-stays: your own rule\n');
    expect(stdout).toMatch(/rule +rule-prefer-claude-stays +◄ decided\n/);
    expect(stdout).toMatch(/mode +fusion-default-architect +would have routed it\n/);
    expect(stdout).toContain('five-hour window: no reading');
    expect(stdout).toContain('prompt: 6 characters');
    expect(home.daemons()).toEqual([]);
  });

  it('tells in shadow mode who would have answered', async () => {
    const home = useCli(cli, { config: { mode: 'shadow' } });
    const run = await home.omcm(['run', '--agent', 'explore', 'look']);
    expect(run.code, 'not routed').toBe(5);
    const { stdout } = await home.omcm(['why']);
    expect(stdout).toContain('explore stays on Claude\n  shadow-fusion-default-explore: shadow mode');
    expect(stdout).toMatch(/mode +fusion-default-explore +would have routed it\n/);
    expect(stdout).toContain(
      'Claude answered it. Outside shadow mode it would have gone to gemini/gemini-3-flash',
    );
    expect(await home.json(['why'])).toMatchObject({ shadow: { step: 'mode', model: 'gemini-3-flash' } });
    await home.omcm(['daemon', 'stop']);
  });

  it('tells what came of a call that was routed', async () => {
    const home = await useLog();
    const { stdout } = await home.omcm(['why', '--agent', 'explore']);
    expect(stdout).toContain('explore → gemini/gemini-3-flash');
    expect(stdout).toContain('names src/a.ts');
    expect(stdout).toMatch(/It finished: \S+ tokens in \d/);
  });

  it('tells how the model was picked where the work is shared out', async () => {
    const home = await useLog({ routing: { balance: 'round-robin' } });
    const { stdout } = await home.omcm(['why', '--agent', 'explore']);
    expect(stdout).toContain('explore → gemini/gemini-3-flash (picked by round-robin: its-turn)');
  });

  it('finds a call by its id, or by the beginning of it', async () => {
    const home = await useLog();
    const [first] = home.routingLog();
    const id = String(first?.requestId);
    expect(await home.json(['why', id.slice(0, 8)])).toMatchObject({
      requestId: id,
      agent: 'explore',
      step: 'mode',
      failed: null,
      outcome: { failure: null },
    });
    const missing = await home.omcm(['why', 'nonsense']);
    expect(missing).toMatchObject({ code: 1, stdout: '' });
    expect(missing.stderr).toContain('No request begins with "nonsense".');
  });

  it('says what it cannot tell of lines that say less, and passes over what is no line', async () => {
    const home = useCli(cli);
    const line = { timestamp: '2026-01-28T12:00:00.000Z', subagentType: 'x', agent: 'x', decision: 'native' };
    writeFileSync(
      home.paths.routingLogFile,
      `nonsense\n${JSON.stringify({ ...line, reason: 'failed-open-y' })}\n`,
    );
    appendFileSync(home.paths.routingLogFile, '[1]\n{"half": ');
    const { stdout } = await home.omcm(['why', 'last']);
    expect(stdout).toContain('failed-open-y');
    expect(stdout).toContain('does not say what the steps said');
  });

  it('says so where nothing was decided yet', async () => {
    expect(await useCli(cli).omcm(['why'])).toMatchObject({ code: 1, stdout: '' });
  });

  it('speaks Korean', async () => {
    const home = await useLog();
    const { stdout } = await home.omcm(['why'], { env: { LANG: 'ko_KR.UTF-8' } });
    expect(stdout).toContain('라우팅했을 것');
  });
});

describe('omcm replay', () => {
  const write = (home: CliHome, name: string, config: unknown): string => {
    const file = join(home.home, name);
    writeFileSync(file, typeof config === 'string' ? config : JSON.stringify(config));
    return file;
  };

  it('tells what would have been otherwise, with estimates that say that they are', async () => {
    const home = await useLog();
    const stricter = write(home, 'stricter.json', {
      rules: [{ id: 'all', action: 'force_claude', when: { agent: 'explore' } }],
    });
    const { stdout } = await home.omcm(['replay', '--config', stricter]);
    expect(stdout).toContain('2 of 2 calls would have been answered by somebody else:');
    expect(stdout).toMatch(/1 call would have left Claude: ~\S+ tokens/);
    expect(stdout).toMatch(/1 call would have gone to Claude: ~\S+ tokens/);
    expect(stdout).toMatch(/explore +gemini\/gemini-3-flash +claude +rule-force-claude-all +1\n/);
    expect(await home.json(['replay', '--config', stricter, '--since', '1h'])).toMatchObject({
      calls: 2,
      skipped: 0,
      changed: [{ agent: 'explore' }, { agent: 'architect' }],
    });
    expect(await home.json(['replay', '--config', stricter, '--since', '2999-01-01'])).toMatchObject({
      calls: 0,
    });
    expect(home.routingLog(), 'nothing was run').toHaveLength(2);
  });

  it('finds nothing under the configuration that it was', async () => {
    const home = await useLog();
    const { stdout } = await home.omcm(['replay', '--config', home.paths.userConfigFile]);
    expect(stdout).toBe('Nothing would have been otherwise in 2 calls.\n');
  });

  it.each([
    ['no file', ['replay'], 2],
    ['a file that is not there', ['replay', '--config', 'gone.json'], 2],
    ['a time that is none', ['replay', '--config', 'x', '--since', 'yesterday-ish'], 2],
  ])('refuses %s', async (_, words, code) => {
    const refused = await useCli(cli).omcm(words);
    expect(refused).toMatchObject({ code, stdout: '' });
    expect(refused.stderr).toMatch(/^omcm: .+/);
  });

  it('refuses a file that cannot be read as a configuration', async () => {
    const home = useCli(cli);
    const broken = write(home, 'broken.json', '{ "mode": ');
    expect(await home.omcm(['replay', '--config', broken])).toMatchObject({ code: 6, stdout: '' });
  });
});
