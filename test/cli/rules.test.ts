import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

const RULES = [
  { id: 'deep', action: 'prefer_claude', when: { tier: 'high' } },
  { id: 'late', action: 'block', message: 'Not at night.', priority: 5, when: { time: '22:00-6:00' } },
  { id: 'scarce', action: 'force_opencode', target: 'flash', priority: 9, when: { quota: '>= 92' } },
  { id: 'unused', description: 'Until it is needed.', action: 'default', enabled: false },
];
const useHome = (rules: readonly unknown[] = RULES) =>
  useCli(cli, { config: { mode: 'fusion', rules, routing: { preferOpencode: ['writer'] } } });

describe('omcm rules list', () => {
  it('shows them in the order in which they are asked, with what says the same in other words', async () => {
    const home = useHome();
    const listed = (await home.json(['rules', 'list'])) as { id: string }[];
    expect(listed.map(({ id }) => id)).toEqual(['scarce', 'late', 'deep', 'preferOpencode', 'unused']);
    const { stdout } = await home.omcm(['rules', 'list']);
    expect(stdout).toMatch(/9 +scarce +force_opencode → flash +quota >= 92 +yours\n/);
    expect(stdout).toMatch(/off +unused +default +always +yours +Until it is needed\.\n/);
  });

  it("shows a project's rules last, and as the project's", async () => {
    const home = useHome();
    mkdirSync(join(home.projectDir, '.omcm'));
    const rules = [{ id: 'theirs', action: 'force_claude', priority: 99 }];
    writeFileSync(join(home.projectDir, '.omcm', 'config.json'), JSON.stringify({ rules }));
    expect(await home.json(['rules', 'list'])).toContainEqual(
      expect.objectContaining({ id: 'theirs', origin: 'project' }),
    );
  });

  it('says so where there are none', async () => {
    const { stdout, stderr, code } = await useCli(cli).omcm(['rules', 'list']);
    expect({ stdout, code }).toEqual({ stdout: '', code: 0 });
    expect(stderr).toContain('There are no rules');
  });
});

describe('omcm rules check', () => {
  it('is content with rules that are right', async () => {
    const { code, stderr } = await useHome().omcm(['rules', 'check']);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: '3 rules in force, 0 wrong, 0 doubtful\n'.replace('3', '4'),
    });
  });

  it('names the rule, the field, and what should stand there instead', async () => {
    const home = useHome([
      ...RULES,
      { id: 'typo', action: 'prefer_opencod' },
      { id: 'silent', action: 'block' },
      { id: 'odd', action: 'default', when: { agent: 'explroe' } },
    ]);
    const { code, stdout, stderr } = await home.omcm(['rules', 'check']);
    expect(code).toBe(6);
    expect(stdout).toContain('rules[4].action (typo)');
    expect(stdout).toContain('did you mean: prefer_opencode');
    expect(stdout).toContain('rules[5].message (silent)');
    expect(stdout).toContain('expected: what the conductor is told instead of an answer');
    expect(stdout).toContain('odd: no agent that OMCM knows is called "explroe". Did you mean explore?');
    expect(stderr).toContain('5 rules in force, 2 wrong, 1 doubtful');
  });
});

describe('rules in YAML', () => {
  it('are read, checked, and changed where they are', async () => {
    const home = useHome();
    rmSync(home.paths.userConfigFile);
    const file = join(home.paths.configDir, 'config.yaml');
    writeFileSync(
      file,
      "mode: fusion # for now\nrules:\n  - id: y\n    when: { quota: '>= 9' }\n    action: force_claude\n",
    );
    expect(await home.json(['rules', 'list'])).toMatchObject([{ id: 'y', action: 'force_claude' }]);
    expect((await home.omcm(['config', 'set', 'threshold', '80'])).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toMatch(/^mode: fusion # for now\n[\s\S]*threshold: 80\n$/);
    writeFileSync(file, 'rules: [');
    const { code, stdout } = await home.omcm(['rules', 'check']);
    expect(code).toBe(6);
    expect(stdout).toContain('not valid YAML');
  });
});

describe('omcm rules test', () => {
  it.each([
    [['--agent', 'explore', '--at', '92', '--time', '12:00'], 'rule-force-opencode-scarce', 'scarce'],
    [['--agent', 'explore', '--at', '91', '--time', '23:30'], 'rule-block-late', 'late'],
    [['--agent', 'architect', '--time', '12:00'], 'rule-prefer-claude-deep', 'deep'],
    [['--agent', 'explore', '--time', '12:00'], 'fusion-default-explore', undefined],
  ])('with %j: %s', async (flags, reason, speaker) => {
    const tried = await useHome().json(['rules', 'test', ...flags]);
    const { decision, rules } = tried as { decision: object; rules: { id: string; speaks: boolean }[] };
    expect(decision).toMatchObject({ reason });
    expect(rules.find(({ speaks }) => speaks)?.id).toBe(speaker);
  });

  it('says what the other rules lack', async () => {
    const { stdout } = await useHome().omcm(['rules', 'test', '--agent', 'architect', '--time', '23:00']);
    expect(stdout).toContain('architect is answered by nobody: the rule "late" says: Not at night.');
    expect(stdout).toMatch(/scarce .* does not fit: quota\n/);
    expect(stdout).toMatch(/late .* ◄ speaks\n/);
    expect(stdout).toMatch(/deep .* fits, but is not asked\n/);
  });

  it.each([
    ['an agent that is missing', ['rules', 'test']],
    ['a time that is none', ['rules', 'test', '--agent', 'x', '--time', 'noon']],
    ['nothing to do', ['rules']],
  ])('refuses %s', async (_, words) => {
    expect(await useHome().omcm(words)).toMatchObject({ code: 2 });
  });
});
