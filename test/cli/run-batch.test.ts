import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunResult } from '../../src/cli/runs/run-result.ts';
import type { RunSummary } from '../../src/protocol/run.ts';
import { killDaemons } from '../daemon/support/daemon-processes.ts';
import { until } from '../daemon/support/until.ts';
import { isRunning } from '../support/stop-process.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const LIMIT_MS = 60_000;

/** What the stand-in for OpenCode shall answer. */
const script = (answer: object) => JSON.stringify(answer);
const says = (word: string) => script({ say: [word], everyMs: 300 });
const HANGS = script({ hang: true });
const REFUSED = script({ refuse: 'Rate limit exceeded' });

const task = (id: string, prompt: string, more: object = {}) => ({ id, agent: 'explore', prompt, ...more });

const BATCH = ['batch', 'tasks.json'];

function useTasks(...tasks: readonly object[]): CliHome {
  const home = useCli(cli);
  writeFileSync(join(home.projectDir, 'tasks.json'), JSON.stringify({ tasks }));
  return home;
}

const prompts = (home: CliHome) =>
  home
    .journal()
    .filter(({ path }) => path?.endsWith('/prompt_async'))
    .map(({ at, body }) => ({ at, text: JSON.stringify(body) }));
const promptAt = (home: CliHome, word: string) =>
  prompts(home).find(({ text }) => text.includes(word))?.at ?? Number.NaN;

const claudes = (home: CliHome) => home.journal().filter(({ claude }) => claude !== undefined);

const statesIn = ({ tasks }: RunResult) => Object.fromEntries(tasks.map(({ id, state }) => [id, state]));

async function runOf(home: CliHome, words: readonly string[] = []): Promise<RunResult> {
  return (await home.json([...BATCH, ...words])) as RunResult;
}

async function onlyRun(home: CliHome): Promise<RunSummary> {
  const [run] = (await home.json(['runs', 'list'])) as readonly RunSummary[];
  if (run === undefined) throw new Error('there is no run');
  return run;
}

/** `script` lends it a terminal. */
function startOnTerminal(home: CliHome, command: string) {
  const child = spawn('script', ['-qec', command, '/dev/null'], { env: home.env(), cwd: home.projectDir });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (piece: string) => {
    screen += piece;
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return { screen: () => screen, press: (keys: string) => void child.stdin.write(keys), ended };
}

describe('omcm batch', { timeout: LIMIT_MS }, () => {
  it('does each task as soon as what it needs is done, side by side where it may', async () => {
    const home = useTasks(
      task('last', says('four'), { dependsOn: ['left', 'right'] }),
      task('left', says('two'), { dependsOn: ['first'] }),
      task('right', says('three'), { dependsOn: ['first'] }),
      task('first', says('one')),
    );
    const { code, stdout, stderr } = await home.omcm(BATCH);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^last +explore +done +gemini-3-flash +21 +/m);
    expect(stderr).toMatch(/^Run \S+ of 4 tasks\./m);
    expect(stderr).toContain('first: started (explore)\nfirst: done\n');
    expect(promptAt(home, 'two') - promptAt(home, 'one')).toBeGreaterThanOrEqual(300);
    expect(Math.abs(promptAt(home, 'two') - promptAt(home, 'three'))).toBeLessThan(300);
    for (const word of ['two', 'three'])
      expect(promptAt(home, 'four') - promptAt(home, word)).toBeGreaterThanOrEqual(300);
  });

  it('does two tasks on one file after each other', async () => {
    const home = useTasks(
      task('a', says('one'), { files: ['src'] }),
      task('b', says('two'), { files: ['src/*.ts'] }),
    );
    const result = await runOf(home);
    expect(result.tasks.map(({ end }) => end)).toEqual([{ outcome: 'done' }, { outcome: 'done' }]);
    expect(promptAt(home, 'two') - promptAt(home, 'one')).toBeGreaterThanOrEqual(300);
  });

  it('says which failed and which were skipped for it, and goes on with the others', async () => {
    const home = useTasks(
      task('bad', REFUSED),
      task('after', says('never'), { dependsOn: ['bad'] }),
      task('other', says('fine')),
    );
    const { code, stdout } = await home.omcm([...BATCH, '--json']);
    expect(code).toBe(4);
    const result = JSON.parse(stdout) as RunResult;
    expect(statesIn(result)).toEqual({ bad: 'failed', after: 'skipped', other: 'done' });
    expect(result.tasks[0]?.end).toMatchObject({ outcome: 'failed', code: 'claude-limit' });
    expect(result.tasks[1]?.end).toEqual({
      outcome: 'skipped',
      because: { code: 'need-not-done', task: 'bad', outcome: 'failed' },
    });
    expect(result.tasks[2]).toMatchObject({ text: 'fine', work: { model: 'gemini-3-flash' } });
    expect(promptAt(home, 'never')).toBeNaN();
  });

  it("has Claude do what routing leaves to it, with the session's permissions, apart from our own routing", async () => {
    const home = useTasks(
      { ...task('plan', says('planned')), agent: 'planner' },
      task('build', says('built'), { dependsOn: ['plan'] }),
    );
    const result = await runOf(home, ['--permission-mode', 'acceptEdits']);
    expect(statesIn(result)).toEqual({ plan: 'done', build: 'done' });
    expect(result.tasks[0]).toMatchObject({
      text: 'planned',
      work: { provider: 'claude', model: 'claude-opus', costUsd: 0.25, tokens: { input: 7, cacheRead: 3 } },
    });
    const [asked] = claudes(home);
    expect(asked?.prompt).toBe(says('planned'));
    expect(asked?.claude).toEqual(expect.arrayContaining(['--permission-mode', 'acceptEdits']));
    expect(asked?.env).toMatchObject({ OMCM_OFF: '1' });
    expect(prompts(home)).toHaveLength(1);
  });

  it('never calls a task done that Claude could not do', async () => {
    const onClaude = (id: string, what: object) => ({ ...task(id, script(what)), agent: 'my-own' });
    const home = useTasks(
      onClaude('limit', { refuse: "You've hit your limit · resets 8:23pm (UTC)" }),
      onClaude('broken', { die: true }),
      onClaude('forbidden', { say: ['I was not allowed to.'], denied: 'Edit' }),
      onClaude('partly', { say: ['One of two.'], denied: 'Bash', writes: 'a.txt' }),
    );
    const { tasks } = await runOf(home);
    expect(tasks.map(({ end }) => (end?.outcome === 'failed' ? end.code : end?.outcome))).toEqual([
      'claude-limit',
      'claude-failed',
      'claude-not-permitted',
      'done',
    ]);
    expect(tasks[1]?.end).toMatchObject({ message: 'Claude Code could not do the task. (It broke.)' });
    expect(tasks[3]?.work?.filesChanged).toEqual(['a.txt']);
  });

  it('ends Claude Code and what it has started when its task is cancelled, or its time is up', async () => {
    const home = useTasks(
      { ...task('cancelled', HANGS), agent: 'planner' },
      { ...task('late', HANGS), agent: 'planner' },
    );
    await home.omcm(['config', 'set', 'claude.timeout', '4000']);
    const running = home.start([...BATCH, '--json']);
    const started = () => home.journal().flatMap(({ started: pid }) => pid ?? []);
    await until(() => started().length === 4, 20_000);
    const { id } = await onlyRun(home);
    await home.omcm(['runs', 'cancel', id, 'cancelled']);
    const { tasks } = JSON.parse((await running.result).stdout) as RunResult;
    expect(tasks.map(({ end }) => end)).toMatchObject([
      { outcome: 'cancelled' },
      { outcome: 'failed', code: 'deadline-exceeded' },
    ]);
    await until(() => !started().some(isRunning), 8_000);
  });

  it('started inside a session, tells what was said, and leaves to its Claude what stays there', async () => {
    const home = useTasks(task('look', says('found it')), { ...task('plan', says('no')), agent: 'planner' });
    const { code, stdout } = await home.omcm(BATCH, { env: { CLAUDE_CODE_SESSION_ID: 'session-1' } });
    expect(code).toBe(5);
    expect(stdout).toMatch(/^## look · explore · gemini-3-flash · done\nfound it$/m);
    expect(stdout).toMatch(/^## plan · planner · handed back to Claude, not done: /m);
  });

  it('starts nothing more once the budget is spent', async () => {
    const home = useTasks(task('a', says('one')), task('b', says('two')));
    const result = await runOf(home, ['--workers', '1', '--budget', '20']);
    expect(statesIn(result)).toEqual({ a: 'done', b: 'skipped' });
    expect(result.tasks[1]?.end).toMatchObject({ because: { code: 'budget-spent', tokens: 21 } });
  });

  it('cancels one task, from anywhere, and what needs it', async () => {
    const home = useTasks(
      task('endless', HANGS),
      task('after', says('never'), { dependsOn: ['endless'] }),
      task('other', says('fine')),
    );
    const running = home.start([...BATCH, '--json']);
    await until(() => prompts(home).length === 2, 20_000);
    const { id } = await onlyRun(home);
    expect(await home.omcm(['runs', 'cancel', id, 'nobody'])).toMatchObject({ code: 1 });
    expect(await home.omcm(['runs', 'cancel', id, 'endless'])).toMatchObject({ code: 0 });
    const { code, stdout } = await running.result;
    expect(code).toBe(130);
    expect(statesIn(JSON.parse(stdout))).toEqual({ endless: 'cancelled', after: 'skipped', other: 'done' });
    expect(home.journal().some(({ path }) => path?.endsWith('/abort'))).toBe(true);
  });

  it('is cancelled as a whole by Ctrl-C', async () => {
    const home = useTasks(task('a', HANGS), task('b', says('never'), { dependsOn: ['a'] }));
    const running = home.start([...BATCH, '--json']);
    await until(() => prompts(home).length === 1, 20_000);
    running.child.kill('SIGINT');
    const { code, stdout } = await running.result;
    expect(code).toBe(130);
    expect(statesIn(JSON.parse(stdout))).toEqual({ a: 'cancelled', b: 'cancelled' });
  });

  it('is left to itself by Ctrl-C where that is wanted, also by whoever only follows it', async () => {
    const home = useTasks(task('a', HANGS));
    const running = home.start([...BATCH, '--detach']);
    await until(() => prompts(home).length === 1, 20_000);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.result;
    const { id } = await onlyRun(home);
    expect(code).toBe(0);
    expect(stderr).toContain(`omcm runs attach ${id}`);

    const following = home.start(['runs', 'attach', id]);
    await until(() => following.stderr().includes('a: started'), 20_000);
    following.child.kill('SIGINT');
    expect((await following.result).code).toBe(0);
    expect(await onlyRun(home)).toMatchObject({ ended: 0, running: 1 });
  });

  it('shows on a terminal who is at work, and asks before Ctrl-C cancels it', async () => {
    const home = useTasks(task('quick', says('fine')), task('endless', HANGS));
    const words = [cli.program, ...BATCH].map((word) => `'${word}'`).join(' ');
    const terminal = startOnTerminal(home, `'${process.execPath}' ${words}`);
    const shows = (what: string | RegExp) => expect.poll(terminal.screen, { timeout: 20_000 }).toMatch(what);
    await shows(/\d s {2}endless +explore +gemini-3-flash/);
    await shows('quick: done');
    terminal.press('\u0003');
    await shows('Ctrl-C once more cancels the run');
    expect(await onlyRun(home)).toMatchObject({ ended: 1, running: 1 });
    terminal.press('\u0003');
    await shows('endless: cancelled');
    await terminal.ended;
  });

  it('goes on when its client is gone, and can be looked at afterwards', async () => {
    const home = useTasks(task('a', says('one')), task('b', says('two'), { dependsOn: ['a'] }));
    const running = home.start(BATCH);
    await until(() => prompts(home).length === 1, 20_000);
    running.child.kill('SIGKILL');
    await running.result;
    await until(async () => (await onlyRun(home)).ended === 2, 20_000);
    const { id } = await onlyRun(home);
    const shown = (await home.json(['runs', 'show', id])) as RunResult;
    expect(shown).toMatchObject({ runId: id, done: true });
    expect(shown.tasks.map(({ text }) => text)).toEqual(['one', 'two']);
    expect((await home.omcm(['runs', 'show', id])).stdout).toMatch(/^b +explore +done /m);
  });

  it('lets the running tasks end when the daemon is asked to go, and the next daemon goes on', async () => {
    const home = useTasks(
      task('a', script({ say: ['one'], everyMs: 2_000 })),
      task('b', says('two'), { dependsOn: ['a'] }),
    );
    const running = home.start([...BATCH, '--json']);
    await until(() => prompts(home).length === 1, 20_000);
    await home.call('POST', '/v1/shutdown', { drain: true });
    const { code, stdout, stderr } = await running.result;
    const result = JSON.parse(stdout) as RunResult;
    expect(code).toBe(3);
    expect(result.paused).toBe(true);
    expect(statesIn(result)).toEqual({ a: 'done', b: 'waiting' });
    expect(stderr).toContain(`omcm runs attach ${result.runId}`);
    await until(() => home.daemons().length === 0);

    const attached = await home.omcm(['runs', 'attach', result.runId]);
    expect(attached.code).toBe(0);
    expect(attached.stderr).toBe('a: started (explore)\na: done\nb: started (explore)\nb: done\n');
    expect(prompts(home)).toHaveLength(2);
  });

  it('goes on with a new daemon where the old one is killed', async () => {
    const home = useTasks(
      task('reads', HANGS),
      { ...task('writes', HANGS), agent: 'executor' },
      task('after', says('never'), { dependsOn: ['writes'] }),
    );
    const running = home.start([...BATCH, '--permission-mode', 'acceptEdits', '--json']);
    await until(() => prompts(home).length === 2, 20_000);
    await killDaemons(home.home);
    await until(() => prompts(home).length === 3, 20_000);
    const { id } = await onlyRun(home);
    await home.omcm(['runs', 'cancel', id]);
    const { stdout } = await running.result;
    expect(statesIn(JSON.parse(stdout))).toEqual({
      reads: 'cancelled',
      writes: 'interrupted',
      after: 'skipped',
    });
  });
});
