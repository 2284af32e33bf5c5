import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const task = (id: string) => ({ id, agent: 'explore', prompt: 'look' });

/** A project with two tasks, whose agent has taken 1,000 tokens each time, an hour ago. */
function useBudgets(budgets: object): CliHome {
  const home = useCli(cli, { config: { budgets } });
  writeFileSync(join(home.projectDir, 'tasks.json'), JSON.stringify({ tasks: [task('a'), task('b')] }));
  const tokens = { input: 900, output: 100, reasoning: 0, cacheRead: 0, cacheWrite: 0 };
  const who = { requestId: 'r', agent: 'explore', provider: 'gemini', model: 'gemini-3-flash' };
  const line = { timestamp: new Date(), ...who, failure: null, tokens, costUsd: 0, durationMs: 1 };
  mkdirSync(dirname(home.paths.outcomeLogFile), { recursive: true });
  writeFileSync(home.paths.outcomeLogFile, `${JSON.stringify(line)}\n`);
  return home;
}

const prompts = (home: CliHome) => home.journal().filter(({ path }) => path?.endsWith('/prompt_async'));

describe('omcm batch', () => {
  it('says what is expected before it starts', async () => {
    const home = useBudgets({ run: 2_400 });
    const { code, stderr } = await home.omcm(['batch', 'tasks.json']);
    expect(code).toBe(0);
    const [summary, , row, near, begun] = stderr.split('\n');
    expect(summary).toBe('Expected of 2 tasks: ~2k tokens');
    expect(row).toMatch(/^gemini\/gemini-3-flash +explore +2 +~2k \(as 1 task before\) +unknown$/);
    expect(near).toBe('This comes near a budget: a run may take 2.4k tokens, and ~2k are expected.');
    expect(begun).toMatch(/^Run /);
  });

  it.each([['--no-input'], ['--json']])('refuses what is over a budget, with %s', async (flag) => {
    const home = useBudgets({ run: 1_500 });
    const { code, stdout, stderr } = await home.omcm(['batch', 'tasks.json', flag]);
    expect(code).toBe(7);
    const said = flag === '--json' ? JSON.parse(stdout).error : { message: stderr, hint: stderr };
    expect(said.message).toContain('a run may take 1.5k tokens, and ~2k are expected');
    expect(said.hint).toContain('--yes');
    expect(prompts(home)).toEqual([]);
  });

  it('does it all the same with --yes', async () => {
    const home = useBudgets({ run: 1_500, day: 10 });
    const { code, stderr } = await home.omcm(['batch', 'tasks.json', '--yes']);
    expect(code).toBe(0);
    expect(stderr).toContain('This is over a budget: a run may take 1.5k tokens');
    expect(stderr).toContain('today may take 10 tokens, 1k are used, and ~2k more are expected.');
    expect(prompts(home)).toHaveLength(2);
  });
});

describe('omcm budget', () => {
  it('shows what is used and left, without a daemon', async () => {
    const home = useBudgets({ day: 4_000, task: 800 });
    const { code, stdout, stderr } = await home.omcm(['budget']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^day +4k +1k +3k +25 %$/m);
    expect(stdout).toMatch(/^session +– +0 +–$/m);
    expect(stdout).toContain('explore takes ~1k (median of 1), which is over the budget of a task');
    expect(home.daemons()).toEqual([]);
  });

  it('says the same to a script, with a daemon', async () => {
    const home = useBudgets({ day: 4_000 });
    const offline = await home.json(['budget']);
    await home.omcm(['daemon', 'start']);
    expect(await home.json(['budget'])).toEqual(offline);
    expect(offline).toMatchObject({
      day: { limit: 4_000, used: 1_000, left: 3_000 },
      budgets: { day: 4_000 },
    });
  });

  it('is a step of `omcm route`, with and without a daemon, and of `omcm why`', async () => {
    const home = useBudgets({ day: 1_000 });
    const route = ['route', '--agent', 'explore', '--explain'];
    const offline = await home.omcm(route);
    expect(offline.stdout).toMatch(/^explore stays on Claude\n +budget-day-100%: a budget of yours is spent/);
    const run = await home.omcm(['run', '--agent', 'explore', 'look']);
    expect(run.code).toBe(5);
    expect((await home.omcm(route)).stdout).toMatch(/^ +budget +budget-day-100% +◄ decided$/m);
    expect((await home.omcm(['why'])).stdout).toMatch(/^ +budget +budget-day-100% +◄ decided$/m);
  });
});

describe('on a terminal', () => {
  /** `script` gives the program a terminal, and types what it is given. */
  const typed = (home: CliHome, answer: string) => {
    const child = spawn(
      'script',
      ['-qec', `${process.execPath} ${cli.program} batch tasks.json`, '/dev/null'],
      {
        cwd: home.projectDir,
        env: home.env({ TERM: 'xterm', NO_COLOR: '1' }),
      },
    );
    onTestFinished(() => void child.kill('SIGKILL'));
    let screen = '';
    let isAsked = false;
    child.stdout.setEncoding('utf8').on('data', (piece: string) => {
      screen += piece;
      if (isAsked || !screen.includes('[y/N]')) return;
      isAsked = true;
      child.stdin.write(`${answer}\r`);
    });
    return once(child, 'close').then(([code]) => ({ code, screen }));
  };

  it('omcm batch asks about what is over a budget, and goes on with a yes', async () => {
    const home = useBudgets({ run: 1_500 });
    const { code, screen } = await typed(home, 'y');
    expect(screen).toContain('This is over a budget: a run may take 1.5k tokens, and ~2k are expected.');
    expect(code, screen).toBe(0);
    expect(prompts(home)).toHaveLength(2);
  });

  it('it starts nothing with any other answer', async () => {
    const home = useBudgets({ run: 1_500 });
    const { code, screen } = await typed(home, '');
    expect(code, screen).toBe(7);
    expect(screen).toContain('Nothing was started.');
    expect(prompts(home)).toEqual([]);
  });
});
