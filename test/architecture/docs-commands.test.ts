// What the documents tell people to type: is there such a command, and does it run?
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { resolveOwnPaths } from '../../src/adapters/files/paths.ts';
import { buildProgram } from '../../src/cli/build-program.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { messagesIn } from '../../src/cli/messages.ts';
import { createOutput } from '../../src/cli/output.ts';
import { buildCli } from '../cli/support/build-cli.ts';
import { useCli } from '../cli/support/use-cli.ts';
import { findCodeBlocks } from '../support/code-blocks.ts';
import { splitCommands } from '../support/shell-words.ts';

type Typed = { readonly file: string; readonly words: readonly string[] };

const documents = listDocuments();
const fenced = documents.flatMap((file) => fencedCommands(file));
const mentioned = documents.flatMap((file) => mentionedCommands(file));

/** They look at files alone: no daemon, no OpenCode, no network. */
const LOOKERS = new Set([
  ...['route', 'replay', 'config', 'agents', 'savings', 'stats', 'budget', 'rules', 'trust', 'context'],
  ...['note', 'completion', 'hud'],
]);

describe('a command that a document shows in full', () => {
  it('is found in the documents', () => {
    expect(fenced.filter(({ words }) => words[0] === 'omcm').length).toBeGreaterThan(10);
    expect(fenced.filter(({ words }) => words[0] === 'npm').length).toBeGreaterThan(5);
  });

  it('is one that omcm understands', async () => {
    const ours = fenced.filter(({ words }) => words[0] === 'omcm');
    expect((await Promise.all(ours.map((typed) => faultOf(typed)))).filter(Boolean)).toEqual([]);
  });

  it('is one that npm has, and a script or program that is there', () => {
    const others = fenced.filter(({ words }) => words[0] === 'npm' || words[0] === 'npx');
    expect(others.filter(({ words }) => !isThere(words))).toEqual([]);
  });
});

describe('a command that a document only mentions', () => {
  it('is one that omcm has, with these options', async () => {
    const faults = await Promise.all(mentioned.map((typed) => faultOf(typed)));
    const unknown = faults.filter((fault) => fault !== null && UNKNOWN.test(fault));
    expect(unknown).toEqual([]);
  });
});

describe('a slip in a document', () => {
  it.each([
    ['a command that is not there', ['omcm', 'rout', '--explain']],
    ['one below another that is not there', ['omcm', 'daemon', 'strat']],
    ['an option that is not there', ['omcm', 'route', '--agent', 'explore', '--explian']],
    ['too many words', ['omcm', 'config', 'get', 'a', 'b']],
  ])('is found: %s', async (_what, words) => {
    expect(await faultOf({ file: 'any.md', words })).toMatch(UNKNOWN);
  });

  it('is found in what npm is to run', () => {
    expect(isThere(['npm', 'run', 'nothing'])).toBe(false);
    expect(isThere(['npx', 'nothing-of-the-kind'])).toBe(false);
  });
});

const cli = await buildCli();

describe('a command that only looks at files', () => {
  it('runs as the document has it', { timeout: 120_000 }, async () => {
    const home = useCli(cli);
    execFileSync('git', ['init', '--quiet', home.projectDir]);
    writeFileSync(join(home.projectDir, 'other.json'), '{ "mode": "fusion" }\n');
    const lines = await runnable();
    const failures: string[] = [];
    for (const line of lines) {
      const [words = []] = splitCommands(line);
      const { code, stderr } = await home.omcm(words.slice(1));
      const isFine = code !== EXIT_CODES.usage && code !== EXIT_CODES.failed && !/^ {4}at /m.test(stderr);
      if (!isFine) failures.push(`${line}: ${code}, ${stderr}`);
    }
    expect(failures).toEqual([]);
    expect(lines.length).toBeGreaterThan(10);
  });
});

/** One of each kind, since a process takes its time; not those that leave a place for a word of the reader's. */
async function runnable(): Promise<readonly string[]> {
  const ours = [...fenced, ...mentioned].filter(
    ({ words }) => words[0] === 'omcm' && LOOKERS.has(words[1] ?? ''),
  );
  const whole = ours.filter(({ words }) => !words.some((word) => /(^|\.)[A-Z]{2,}(\.|$)/.test(word)));
  const faults = await Promise.all(whole.map((typed) => faultOf(typed)));
  const sound = whole.filter((_, at) => faults[at] === null);
  const kinds = new Map(sound.map(({ words }) => [kindOf(words), words.map(quote).join(' ')]));
  return [...kinds.values()];
}

function kindOf(words: readonly string[]): string {
  return [...words.slice(0, 3), ...words.filter((word) => word.startsWith('--'))].join(' ');
}

const quote = (word: string) => (/^[\w./=-]+$/.test(word) ? word : `'${word}'`);

function listDocuments(): readonly string[] {
  const patterns = ['README*.md', 'CONTRIBUTING.md', 'docs/*.md', 'plugin/README.md'];
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', ...patterns];
  const files = execFileSync('git', args, { encoding: 'utf8' }).split('\0');
  return [...new Set(files)].filter((file) => file !== '' && existsSync(file));
}

function fencedCommands(file: string): readonly Typed[] {
  const blocks = findCodeBlocks(readFileSync(file, 'utf8'));
  return blocks
    .filter(({ language }) => ['sh', 'bash', 'console'].includes(language))
    .flatMap(({ text }) => splitCommands(text).map((words) => ({ file, words })));
}

/** In code between words, or in a list of commands: `omcm runs list|show`, `omcm mode [off]`. */
function mentionedCommands(file: string): readonly Typed[] {
  const text = readFileSync(file, 'utf8');
  const inline = [...text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/`(omcm [^`]+)`/g)].map(
    ([, command = '']) => command.replaceAll(/\s+/g, ' '),
  );
  const listed = findCodeBlocks(text)
    .filter(({ language }) => language === '')
    .flatMap((block) => block.text.split('\n').filter((line) => line.startsWith('omcm ')))
    .map((line) => line.split(/ {2,}/)[0] ?? '');
  return [...inline, ...listed]
    .flatMap((line) => alternativesOf(line))
    .flatMap((line) => splitCommands(line).map((words) => ({ file, words })));
}

function alternativesOf(line: string): readonly string[] {
  const plain = line.replaceAll(/[[\]…]/g, '').replaceAll(/, $/g, '');
  const [whole, before = '', choice = '', after = ''] = /^(.* )(\S+\|\S+)(.*)$/.exec(plain) ?? [];
  if (whole === undefined) return [plain];
  return choice.split('|').flatMap((one) => alternativesOf(`${before}${one}${after}`));
}

const UNKNOWN = /unknownCommand|unknownOption|excessArguments/;

async function faultOf({ file, words: [, ...words] }: Typed): Promise<string | null> {
  const env = { HOME: '/nowhere' };
  const silent = { stdout: { write: () => true }, stderr: { write: () => true } };
  const program = await buildProgram(
    {
      m: messagesIn('en'),
      output: createOutput(silent, env, () => ({})),
      paths: resolveOwnPaths(env),
      env,
      settings: () => ({}),
      finish: () => undefined,
    },
    words,
  );
  doNothing(program);
  try {
    await program.parseAsync(words, { from: 'user' });
    return null;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return null;
    const code = error instanceof CommanderError ? error.code : String(error);
    return `${file}: omcm ${words.join(' ')}: ${code}`;
  }
}

function doNothing(command: Command): void {
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined }).exitOverride();
  for (const child of command.commands) doNothing(child);
  if (command.commands.length === 0) command.action(() => undefined);
}

const OF_NPM = new Set([
  'ci',
  'install',
  'uninstall',
  'update',
  'link',
  'rm',
  'test',
  'pack',
  'publish',
  'view',
]);

function isThere([program, ...words]: readonly string[]): boolean {
  const [word = '', script = ''] = words.filter((one) => !one.startsWith('-'));
  const { name, scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (program === 'npx') return word === name || existsSync(join('node_modules', '.bin', word));
  return word === 'run' ? script in scripts : OF_NPM.has(word);
}
