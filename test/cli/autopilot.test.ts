import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { RoundResult } from '../../src/cli/autopilot/play-round.ts';
import { until } from '../daemon/support/until.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();
const LIMIT_MS = 60_000;

const says = (word: string) => JSON.stringify({ say: [word] });
const REFUSED = JSON.stringify({ refuse: 'Rate limit exceeded' });

const task = (id: string, prompt: string, more: object = {}) => ({ id, agent: 'explore', prompt, ...more });

const SESSION = { CLAUDE_CODE_SESSION_ID: 'session-1' };

async function useAutopilot(...words: readonly string[]): Promise<CliHome> {
  const home = useCli(cli);
  const { code, stderr } = await home.omcm(['autopilot', 'start', 'A goal', ...words], { env: SESSION });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return home;
}

const round = (home: CliHome, tasks: readonly object[], words: readonly string[] = []) =>
  home.omcm(['autopilot', 'round', '-', ...words], { env: SESSION, input: JSON.stringify({ tasks }) });

const roundResult = async (home: CliHome, tasks: readonly object[], words: readonly string[] = []) =>
  JSON.parse((await round(home, tasks, ['--json', ...words])).stdout) as RoundResult;

describe('omcm autopilot', { timeout: LIMIT_MS }, () => {
  it('does a round, and says in one report why it ended', async () => {
    const home = await useAutopilot('--check', 'node -e 0');
    const { code, stdout } = await round(home, [task('a', says('one')), task('b', says('two'))]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^## a · explore · gemini-3-flash · done\none$/m);
    expect(stdout).toContain('## check `node -e 0`: passed');
    expect(stdout).toMatch(/^Goal: A goal\nRound 1: 2 done; 42 tokens of other models\n1 round, 42 tokens/m);
    expect(stdout).toContain('Autopilot has ended: the goal is met');
    expect((await round(home, [task('a', says('one'))])).stderr).toContain('has ended');
  });

  it('says at what a round failed, and what is next', async () => {
    const home = await useAutopilot('--check', 'echo FAIL the till; exit 3');
    const { code, stdout } = await round(home, [task('a', says('one'))]);
    expect(code).toBe(0);
    expect(stdout).toContain('check `echo FAIL the till; exit 3`: failed\nFAIL the till');
    expect(stdout).toContain('  failing: `echo FAIL the till; exit 3`');
    expect(stdout).toContain('Next: plan round 2 of at most 5');
  });

  it('finds the checks of the project, where none is given', async () => {
    const home = useCli(cli);
    writeFileSync(join(home.projectDir, 'Makefile'), 'test:\n\ttrue\n');
    const { stdout } = await home.omcm(['autopilot', 'start', 'x'], { env: SESSION });
    expect(stdout).toContain('Checks: `make test`.');
  });

  it('claims no goal met that nothing has checked', async () => {
    const home = await useAutopilot();
    const { autopilot } = await roundResult(home, [task('a', says('one'))]);
    expect(autopilot.stage).toMatchObject({ name: 'ended', reason: 'tasks-done' });
  });

  it('hands back what stays on Claude, and judges once the conductor has done it', async () => {
    const home = await useAutopilot('--check', 'node -e 0');
    const plan = { ...task('plan', says('never')), agent: 'planner' };
    const handed = await round(home, [plan, task('a', says('one'))]);
    expect(handed.stdout).toContain('Next: plan stayed on Claude and is yours');
    const judged = await home.omcm(['autopilot', 'verify'], { env: SESSION });
    expect(judged.stdout).toContain('Round 1: 1 done by the conductor, 1 done;');
    expect(judged.stdout).toContain('the goal is met');
  });

  it('ends with other models at their limits, and not well', async () => {
    const home = await useAutopilot('--check', 'node -e 0');
    const { code, stdout } = await round(home, [task('a', REFUSED)]);
    expect(code).toBe(4);
    expect(stdout).toContain('Autopilot has ended: the other models refuse for their limits.');
  });

  it('gives each round what the ones before have left of the budget', async () => {
    const home = await useAutopilot('--check', 'exit 1', '--budget', '30');
    await round(home, [task('a', says('one'))]);
    const second = await roundResult(
      home,
      [task('b', says('two')), task('c', says('three'))],
      ['--workers', '1'],
    );
    expect(second.run?.tasks.map(({ state }) => state)).toEqual(['done', 'skipped']);
    expect(second.autopilot.stage).toMatchObject({ name: 'ended', reason: 'budget-spent' });
  });

  it("ends at the user's own budget, with its figures", async () => {
    const home = useCli(cli, { config: { budgets: { run: 30_000 } } });
    await home.omcm(['autopilot', 'start', 'A goal'], { env: SESSION });
    const dear = [task('a', says('one'), { estimate: 40_000 })];
    const { code, stderr } = await round(home, dear);
    expect(code).toBe(7);
    expect(stderr).toContain('the budget of a run is 30000. The autopilot of this session has ended.');
    const { autopilot } = (await home.json(['autopilot', 'show'], { env: SESSION })) as RoundResult;
    expect(autopilot.stage).toMatchObject({ name: 'ended', reason: 'budget-spent' });
  });

  it('leaves a round running that takes too long, and goes on with it when asked again', async () => {
    const home = await useAutopilot('--check', 'node -e 0');
    const slow = JSON.stringify({ say: ['one'], everyMs: 3_000 });
    const first = await round(home, [task('a', slow)], ['--wait', '1']);
    expect(first.stdout).toContain('The round still runs: 0 of 1 task ended.');
    const again = await home.omcm(['autopilot', 'round'], { env: SESSION });
    expect(again.stdout).toContain('the goal is met');
  });

  it('survives its daemon', async () => {
    const home = await useAutopilot('--check', 'exit 1');
    await round(home, [task('a', says('one'))]);
    await home.omcm(['daemon', 'stop', '--now']);
    expect(home.daemons()).toEqual([]);
    const { autopilot } = (await home.json(['autopilot', 'show'], { env: SESSION })) as RoundResult;
    expect(autopilot).toMatchObject({ goal: 'A goal', stage: { name: 'planning' }, spentTokens: 21 });
    expect(autopilot.rounds).toHaveLength(1);
    const { autopilot: ended } = await roundResult(home, [task('a', says('one'))]);
    expect(ended.stage).toMatchObject({ name: 'ended', reason: 'no-progress' });
  });

  it('is cancelled from anywhere with what runs, where there is only one', async () => {
    const home = await useAutopilot('--check', 'node -e 0');
    writeFileSync(
      join(home.projectDir, 'tasks.json'),
      JSON.stringify({ tasks: [task('a', JSON.stringify({ hang: true }))] }),
    );
    const running = home.start(['autopilot', 'round', 'tasks.json', '--json'], { env: SESSION });
    await until(() => home.journal().some(({ path }) => path?.endsWith('/prompt_async')), 20_000);
    expect((await home.omcm(['autopilot', 'cancel'])).stdout).toContain('it was stopped');
    const { code, stdout } = await running.result;
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ run: { tasks: [{ state: 'cancelled' }] }, checks: null });
    expect((await home.omcm(['autopilot', 'cancel'])).code).toBe(2);
  });

  it('has one goal for a session at a time', async () => {
    const home = await useAutopilot();
    const second = await home.omcm(['autopilot', 'start', 'Another'], { env: SESSION });
    expect(second).toMatchObject({ code: 1, stderr: expect.stringContaining('cancel it first') });
  });

  it('is told which session is meant', async () => {
    const home = useCli(cli);
    const { code, stderr } = await home.omcm(['autopilot', 'start', 'x']);
    expect(code).toBe(2);
    expect(stderr).toContain('--session ID');
  });

  it('has no round to go on with before one is handed out', async () => {
    const home = await useAutopilot();
    const { code, stderr } = await home.omcm(['autopilot', 'round'], { env: SESSION });
    expect(code).toBe(2);
    expect(stderr).toContain('No round is open.');
  });
});
