import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();
const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
const SCRIPTS = join(import.meta.dirname, '..', '..', 'plugin', 'scripts');

/** Answers as OpenCode does where somebody works in the folder; writes down how it was called. */
const OPENCODE = `
import { readFileSync, writeFileSync } from 'node:fs';
const [first, second] = process.argv.slice(2);
writeFileSync(process.env.CALLED, JSON.stringify(process.argv.slice(2)));
if (first === 'session' && process.env.EMPTY === undefined)
  console.log(JSON.stringify([
    { id: 'ses_elsewhere', updated: 9, directory: '/elsewhere' },
    { id: 'ses_old', updated: 1, directory: process.cwd() },
    { id: 'ses_new', updated: 5, directory: process.cwd() },
  ]));
if (first === 'export') {
  if (second !== 'ses_new') process.exit(1);
  console.log('Exporting session: ses_new\\n' + readFileSync(process.env.EXPORT, 'utf8').replaceAll('/project/till', process.cwd()));
}
`;

function useWork(): CliHome & { readonly called: () => readonly string[] } {
  const home = useCli(cli, { env: {} });
  const program = join(home.home, 'opencode.mjs');
  const called = join(home.home, 'called.json');
  writeFileSync(program, OPENCODE);
  const config = { opencode: { command: process.execPath, args: [program] } };
  writeFileSync(home.paths.userConfigFile, JSON.stringify(config));
  const folder = join(home.home, '.claude', 'projects', home.projectDir.replace(/[^A-Za-z0-9]/g, '-'));
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(FIXTURES, 'transcripts', 'work.jsonl'), join(folder, 'a.jsonl'));
  const fixed = { CALLED: called, EXPORT: join(FIXTURES, 'opencode-sessions', 'export.json') };
  return {
    ...home,
    omcm: (words, extra = {}) => home.omcm(words, { ...extra, env: { ...fixed, ...extra.env } }),
    called: () => JSON.parse(readFileSync(called, 'utf8')),
  };
}

describe('omcm handoff', () => {
  it('writes the document into the project, where git does not see it, and tells how to go on', async () => {
    const home = useWork();
    execFileSync('git', ['init', '-q'], { cwd: home.projectDir });
    const { stdout, stderr, code } = await home.omcm(['handoff']);
    const file = join(home.projectDir, '.omcm', 'handoff', 'context.md');
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${file}\n` });
    expect(stderr).toMatch(/--prompt "ultrawork \$\(cat \.omcm\/handoff\/context\.md\)"/);
    expect(readFileSync(file, 'utf8')).toContain('- [~] 영수증에 합계 줄 추가\n');
    const status = execFileSync('git', ['status', '--porcelain', '-uall'], { cwd: home.projectDir });
    expect(status.toString()).toBe('');
    expect(existsSync(join(home.paths.handoffDir, 'context.md')), "in the seed's place as well").toBe(true);
  });

  it('opens OpenCode in the project, with the document behind a first sentence', async () => {
    const home = useWork();
    expect(await home.omcm(['handoff', '--to', 'opencode', '--open'])).toMatchObject({ code: 0 });
    const [directory, flag, message = ''] = home.called();
    expect([directory, flag]).toEqual([home.projectDir, '--prompt']);
    expect(message).toMatch(/^ultrawork\n\nThis session takes over work .*\n\n# Work hand-over context\n/);
    expect(message).toContain('- [ ] Test the receipt');

    await home.omcm(['config', 'set', 'opencode.ultraworkByDefault', 'false']);
    await home.omcm(['handoff', '--open']);
    expect(home.called()[2]).toMatch(/^This session takes over work /);
    expect((await home.omcm(['handoff'])).stderr).toContain('--prompt "$(cat .omcm/');
  });

  it('names the file where the document is too long for a command line', async () => {
    const home = useWork();
    writeFileSync(
      home.paths.userConfigFile,
      JSON.stringify({
        ...JSON.parse(readFileSync(home.paths.userConfigFile, 'utf8')),
        context: { maxContextLength: 200_000 },
      }),
    );
    const line = JSON.stringify({ type: 'user', message: { content: '가'.repeat(60_000) } });
    const folder = join(home.home, '.claude', 'projects', home.projectDir.replace(/[^A-Za-z0-9]/g, '-'));
    writeFileSync(join(folder, 'long.jsonl'), `${line}\n`);
    await home.omcm(['handoff', '--open', '--session', 'long']);
    expect(home.called()[2]).toMatch(/Read \.omcm\/handoff\/context\.md first/);
  });

  it('brings back what came of the last session there, and keeps a history', async () => {
    const home = useWork();
    await home.omcm(['handoff']);
    const { stdout, code } = await home.omcm(['handoff', '--back']);
    expect(code).toBe(0);
    expect(stdout).toContain('> Handed over from OpenCode to Claude Code\n');
    expect(stdout).toContain('## Open TODOs\n- [~] two\n');
    expect(stdout).toContain('## Recently changed files\nsrc/new.js\n');
    const file = join(home.projectDir, '.omcm', 'handoff', 'from-opencode.md');
    expect(readFileSync(file, 'utf8').trimEnd()).toBe(stdout.trimEnd());
    expect(await home.json(['handoff', '--history'])).toMatchObject({
      handoffs: [
        { way: 'to-opencode', sessionId: 'a' },
        { way: 'to-claude-code', sessionId: 'ses_new' },
      ],
    });
    expect((await home.omcm(['handoff', '--history'])).stdout).toMatch(
      / to OpenCode .*\n.* back to Claude Code /,
    );
  });

  it.each([
    ['no session', { EMPTY: '1' }, ['handoff', '--back'], 'OpenCode has no session in this folder.'],
    ['a session that is not there', {}, ['handoff', '--back', '--session', 'x'], 'could not be used'],
    ['no OpenCode', { OMCM_OPENCODE_COMMAND: '/gone' }, ['handoff', '--open'], 'could not be used: `/gone`'],
  ])('says so where there is %s', async (_, env, words, sentence) => {
    const { code, stderr } = await useWork().omcm(words, { env });
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(sentence) });
  });

  it('is what the scripts call', async () => {
    const home = useWork();
    const bin = join(home.home, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'omcm'), `#!/bin/sh\nexec "${process.execPath}" "${cli.program}" "$@"\n`, {
      mode: 0o755,
    });
    const env = home.env({ PATH: `${bin}:${process.env.PATH}` });
    const run = (script: string, ...words: readonly string[]) =>
      execFileSync('sh', [join(SCRIPTS, script), ...words], { cwd: home.projectDir, env, encoding: 'utf8' });
    expect(run('export-context.sh')).toMatch(/^# Work hand-over context\n/);
    expect(run('handoff-to-opencode.sh', '--quiet')).toMatch(/context\.md\n$/);
    expect(run('opencode-server.sh', '--help')).toContain('omcm pool');
  });
});
