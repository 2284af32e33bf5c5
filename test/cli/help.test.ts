import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/cli/command-list.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { buildCli } from './support/build-cli.ts';
import { useCli } from './support/use-cli.ts';

const cli = await buildCli();

const ESCAPE = '\u001b[';

describe('omcm alone', () => {
  it('prints the help with every command and every exit code', async () => {
    const { code, stdout, stderr } = await useCli(cli).omcm([]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    for (const exit of Object.values(EXIT_CODES)) expect(stdout).toMatch(new RegExp(`^ +${exit}  \\S`, 'm'));
  });

  it('prints the same for `omcm help` and `omcm --help`', async () => {
    const home = useCli(cli);
    const [alone, help, flag] = await Promise.all([
      home.omcm([]),
      home.omcm(['help']),
      home.omcm(['--help']),
    ]);
    expect(help.stdout).toBe(alone.stdout);
    expect(flag.stdout).toBe(alone.stdout);
  });

  it('prints its version', async () => {
    expect(await useCli(cli).omcm(['--version'])).toEqual({ code: 0, stdout: '1.0.0\n', stderr: '' });
  });
});

describe('the help of a command', () => {
  it.each([
    ...COMMANDS.map(({ name }) => [name]),
    ...['start', 'stop', 'restart', 'status', 'logs', 'serve'].map((name) => ['daemon', name]),
    ...['get', 'set', 'path', 'check'].map((name) => ['config', name]),
  ])('%s %s has an example of how to type it', async (...words) => {
    const { code, stdout } = await useCli(cli).omcm([...words, '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`Examples:\n  \\$ omcm ${words.join(' ')}`));
    expect(stdout).toContain('--json');
  });
});

describe('a command line with a slip in it', () => {
  it.each([
    [['rout', '--agent', 'x'], 'There is no command "rout". Did you mean route?'],
    [['daemon', 'strat'], 'There is no command "strat". Did you mean start?'],
    [['route', '--agnet', 'x'], 'There is no option --agnet. Did you mean --agent?'],
    [['route', '--jsn', '--agent', 'x'], 'There is no option --jsn. Did you mean --json?'],
    [['route', '--agent'], 'The option --agent <name> needs a value.'],
    [['config', 'set', 'mode'], 'The argument <value> is missing.'],
    [['config', 'get', 'a', 'b'], 'There are more arguments than this command takes.'],
    [['daemon'], 'One of these commands is missing.'],
  ])('%j is told: %s', async (words, sentence) => {
    const { code, stdout, stderr } = await useCli(cli).omcm(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(`omcm: ${sentence}\n`);
  });

  it('points at the help of the command in question', async () => {
    const { stderr } = await useCli(cli).omcm(['daemon', 'logs', '--folow']);
    expect(stderr).toBe(
      'omcm: There is no option --folow. Did you mean --follow?\n      See `omcm daemon logs --help`.\n',
    );
  });

  it('is told as JSON to a script', async () => {
    const { code, stdout } = await useCli(cli).omcm(['route', '--json']);
    expect(code).toBe(2);
    expect(JSON.parse(stdout)).toEqual({
      error: {
        code: 'usage',
        message: 'The option --agent <name> is missing.',
        hint: 'See `omcm route --help`.',
      },
    });
  });
});

describe('colours', () => {
  it.each([
    ['there are none where no terminal is', {}, false],
    ['there are none in CI either', { CI: 'true' }, false],
    ['FORCE_COLOR brings them', { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0 does not', { FORCE_COLOR: '0' }, false],
    ['NO_COLOR is stronger', { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
  ])('%s', async (_, env, coloured) => {
    const home = useCli(cli);
    const { stdout } = await home.omcm(['route', '--agent', 'explore'], { env });
    expect(stdout.includes(ESCAPE)).toBe(coloured);
    const refused = await home.omcm(['route'], { env });
    expect(refused.stderr.includes(ESCAPE)).toBe(coloured);
  });
});

describe('the language', () => {
  it.each([
    [{ LANG: 'ko_KR.UTF-8' }, {}, '사용법:'],
    [{ LANG: 'ko_KR.UTF-8', LC_ALL: 'C.UTF-8' }, {}, 'Usage:'],
    [{ LANG: 'kok_IN' }, {}, 'Usage:'],
    [{ LANG: 'en_US.UTF-8' }, { locale: 'ko' }, '사용법:'],
    [{ LANG: 'ko_KR.UTF-8' }, { locale: 'en' }, 'Usage:'],
    [{ LANG: 'ko_KR.UTF-8', OMCM_LOCALE: 'en' }, { locale: 'ko' }, 'Usage:'],
  ])('with %j and %j begins with %s', async (env, config, beginning) => {
    const { stdout } = await useCli(cli, { config }).omcm([], { env });
    expect(stdout.startsWith(beginning)).toBe(true);
  });
});

describe('a failure that nobody foresaw', () => {
  /** HOME is a file: no folder can be made in it, and no setting be read from it. */
  const words = ['config', 'set', 'mode', 'fusion'];
  const env = { OMCM_HOME: '/dev/null/omcm' };

  it('is a sentence for a person, without a stack', async () => {
    const { code, stdout, stderr } = await useCli(cli).omcm(words, { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^omcm: \S.*\n$/);
  });

  it.each([
    ['--debug', ['--debug'], {}],
    ['OMCM_DEBUG=1', [], { OMCM_DEBUG: '1' }],
  ])('shows its stack with %s', async (_, flags, debug) => {
    const { stderr } = await useCli(cli).omcm([...words, ...flags], { env: { ...env, ...debug } });
    expect(stderr).toMatch(/^ {4}at /m);
  });
});

describe('a reader that has seen enough', () => {
  it('is no failure', async () => {
    const home = useCli(cli);
    const child = spawn(
      'sh',
      ['-c', '"$0" "$1" config get --json; echo "code $?" >&2', process.execPath, cli.program],
      {
        env: home.env(),
        cwd: home.projectDir,
      },
    );
    child.stdout.destroy();
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (piece) => {
      said += piece;
    });
    await once(child, 'close');
    expect(said).toBe('code 0\n');
  });
});
