// A real daemon that comes upon secrets: what OpenCode says holds some, and so does what it dies of in the end.
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { PLANTED } from '../context/planted-secrets.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';
import { buildPrograms } from './support/build-programs.ts';
import { until } from './support/until.ts';
import { type DaemonHome, useDaemonHome } from './support/use-daemon-home.ts';

const programs = await buildPrograms();

/** Of a certain project, so that no daemon knows it. */
const planted = Object.entries(PLANTED).filter(([kind]) => kind !== 'value of .env');
const secrets = planted.map(([, { secret }]) => secret);
const TEXT = planted.map(([kind, { text }]) => `${kind}\n\n${text}\n\n`).join('\n');

/** An OpenCode that says them all, and ends. */
const TELLTALE =
  "process.stdout.write(require('fs').readFileSync(process.env.PLANTED)); setTimeout(() => {}, 200)";
/** Loaded before the daemon's own program, which cannot be asked to die. */
const BOMB = `process.on('SIGUSR2', () => {
  const text = require('fs').readFileSync(process.env.PLANTED, 'utf8');
  console.error(text);
  process.emitWarning(text);
  setTimeout(() => { throw Object.assign(new Error('no way on: ' + text), { answer: { body: text } }); }, 100);
});`;

function useTelltale(): DaemonHome {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const [text, bomb] = [join(folder, 'planted'), join(folder, 'bomb.cjs')];
  writeFileSync(text, TEXT);
  writeFileSync(bomb, BOMB);
  return useDaemonHome({
    config: {
      daemon: { logLevel: 'debug' },
      opencode: { command: process.execPath, args: ['-e', TELLTALE] },
    },
    env: { PLANTED: text, NODE_OPTIONS: `--require ${bomb}` },
  });
}

function allTexts(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

it('leaves none of them in its log, in what it prints as it dies, nor anywhere else', async () => {
  const home = useTelltale();
  await home.ensure(programs);
  const { logsDir, stateDir } = home.paths;
  const read = (name: string) => readFileSync(join(logsDir, name), 'utf8');

  await home.call('POST', '/v1/warm', { directory: home.projectDir });
  await until(() => read('omcmd.log').includes('opencode says'));
  const [pid = 0] = home.daemons();
  process.kill(pid, 'SIGUSR2');
  await until(() => home.daemons().length === 0);

  const crash = read('omcmd.out');
  expect(crash).toContain('ended by what nobody expected:\nError: no way on: AWS access key id');
  expect(crash).toContain('at Timeout');
  for (const line of ['opencode says', 'printed', 'warning']) expect(read('omcmd.log')).toContain(line);
  for (const text of [crash, read('omcmd.log')]) expect(text.split('[masked ').length).toBeGreaterThan(40);
  const everything = allTexts(stateDir);
  const escaped = JSON.stringify(everything);
  expect(secrets.filter((secret) => everything.includes(secret) || escaped.includes(secret))).toEqual([]);
});
