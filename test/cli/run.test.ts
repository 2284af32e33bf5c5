import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { until } from '../daemon/support/until.ts';
import { buildCli } from './support/build-cli.ts';
import { type CliHome, useCli } from './support/use-cli.ts';

const cli = await buildCli();

const LIMIT_MS = 60_000;

/** What the stand-in for OpenCode shall answer. */
const script = (answer: object) => JSON.stringify(answer);

/** The daemon holds short pieces back until it knows that they belong to the report. */
const LONG = 'the beginning of a long report, '.repeat(20);

const startsWorking = (home: CliHome) =>
  until(() => home.journal().some(({ path }) => path?.endsWith('/prompt_async') === true));

describe('omcm run', { timeout: LIMIT_MS }, () => {
  it('starts the daemon, prints the answer as data and the rest as talk', async () => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm([
      'run',
      '--agent',
      'explore',
      '가격은 어디서 "formatted"?\n',
    ]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'echo: 가격은 어디서 "formatted"?\n' });
    expect(stderr).toMatch(/^Gemini 3 Flash · 15 tokens in, 6 out · \$0\.5 · .+ · 0 files changed\n$/);
    expect(home.daemons()).toHaveLength(1);
  });

  it('ends the last line, and says nothing when it shall be quiet', async () => {
    const home = useCli(cli);
    const words = ['run', '--quiet', '--agent', 'explore', 'hello'];
    expect(await home.omcm(words)).toEqual({ code: 0, stdout: 'echo: hello\n', stderr: '' });
  });

  it('prints the text as it comes', async () => {
    const home = useCli(cli);
    const answer = script({ say: [LONG, 'two ', 'three'], everyMs: 1_500 });
    const running = home.start(['run', '--agent', 'explore', answer]);
    await until(() => running.stdout() === LONG, 20_000);
    expect(await running.result).toMatchObject({ code: 0, stdout: `${LONG}two three\n` });
  });

  it('reads a long prompt from standard input', async () => {
    const home = useCli(cli);
    const input = `이것은 "plan"\n${'x'.repeat(300_000)}`;
    const { stdout } = await home.omcm(['run', '--agent', 'explore', '-', '--json'], { input });
    expect(JSON.parse(stdout)).toMatchObject({ failure: null });
    const sent = home.journal().find(({ path }) => path?.endsWith('/prompt_async'));
    expect(sent?.body).toMatchObject({ parts: [{ type: 'text', text: input }] });
  });

  it('gives a script one object at the end', async () => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm(['run', '--agent', 'omc:explore', 'hi', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual({
      taskId: expect.stringMatching(/^[\w-]+$/),
      decision: expect.objectContaining({ route: true, reason: 'fusion-default-explore' }),
      text: 'echo: hi',
      outcome: expect.objectContaining({ model: 'gemini-3-flash', provider: 'gemini', filesChanged: [] }),
      failure: null,
    });
  });

  it('works on the folder that was named', async () => {
    const home = useCli(cli);
    await home.omcm(['run', '--agent', 'explore', 'hi', '--directory', '..', '--json']);
    expect(home.routingLog()).toEqual([expect.objectContaining({ decision: 'route', agent: 'explore' })]);
    const missing = await home.omcm(['run', '--agent', 'explore', 'hi', '--directory', 'nowhere']);
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain(`There is no folder ${join(home.projectDir, 'nowhere')}.`);
  });

  it.each([
    ['planner', [], 'fusion-keeps-planner', 'See why'],
    ['writer', [], 'permission-writes-not-delegated', '--permission-mode acceptEdits'],
    ['explore', ['--mode', 'save-tokens', '--permission-mode', 'plan'], null, null],
  ])('delegates %s with %j, or says that it stays on Claude: %s', async (agent, flags, reason, hint) => {
    const home = useCli(cli);
    const { code, stdout, stderr } = await home.omcm(['run', '--agent', agent, ...flags, 'hi']);
    if (reason === null) return expect({ code, stdout }).toEqual({ code: 0, stdout: 'echo: hi\n' });
    expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
    expect(stderr).toContain(`${agent} stays on Claude (${reason})`);
    expect(stderr).toContain(hint);
  });

  it.each([
    ['as much as the session, where nothing is asked for', [], 'acceptEdits', 0, ''],
    ['less, where less is asked for', ['--permission-mode', 'default'], 'acceptEdits', 5, 'stays on Claude'],
    [
      'never more',
      ['--permission-mode', 'acceptEdits'],
      'default',
      5,
      'Not acceptEdits: the session is in default',
    ],
  ])('may do, inside a session, %s', async (_what, flags, sessionMode, code, said) => {
    const home = useCli(cli);
    const folder = join(home.home, '.claude', 'projects', '-elsewhere');
    const prompt = { type: 'user', permissionMode: sessionMode, message: { role: 'user', content: 'go' } };
    const answer = { type: 'user', message: { role: 'user', content: [] } };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'session-1.jsonl'), `${JSON.stringify(prompt)}\n${JSON.stringify(answer)}\n`);
    const env = { CLAUDE_CODE_SESSION_ID: 'session-1' };
    const ended = await home.omcm(['run', '--agent', 'writer', ...flags, 'hi'], { env });
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toContain(said);
  });

  it('tells a script too that a task stays on Claude', async () => {
    const home = useCli(cli, { config: { mode: 'default' } });
    const { code, stdout, stderr } = await home.omcm(['run', '--agent', 'explore', 'hi', '--json']);
    expect(code).toBe(5);
    expect(stderr).toContain('--mode fusion');
    expect(JSON.parse(stdout)).toMatchObject({
      decision: { route: false, reason: 'default' },
      text: '',
      outcome: null,
      failure: null,
    });
  });

  it('fails with the provider, and says how', async () => {
    const home = useCli(cli);
    const answer = script({ say: [LONG], refuse: 'Rate limit reached for requests' });
    const { code, stdout, stderr } = await home.omcm(['run', '--agent', 'explore', answer]);
    expect({ code, stdout }, stderr).toEqual({ code: 4, stdout: `${LONG}\n` });
    expect(stderr).toContain('omcm: The provider refused the request: rate limit.');
  });

  it('takes no longer than it is given', async () => {
    const home = useCli(cli);
    const words = ['run', '--agent', 'explore', script({ hang: true }), '--timeout', '1', '--json'];
    const { code, stdout } = await home.omcm(words);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ failure: { code: 'deadline-exceeded' } });
  });

  it('cancels the task when it is interrupted', async () => {
    const home = useCli(cli);
    const running = home.start(['run', '--agent', 'explore', script({ hang: true })]);
    await startsWorking(home);
    running.child.kill('SIGINT');
    const { code, stderr } = await running.result;
    expect(code).toBe(130);
    expect(stderr).toBe('omcm: Cancelled.\n');
    await until(() => home.journal().some(({ path }) => path?.endsWith('/abort') === true));
  });

  it('cancels the task when nobody reads its answer any more', async () => {
    const home = useCli(cli);
    const answer = script({ say: [LONG, 'b\n', 'c\n', 'd\n', 'e\n', 'f\n'], everyMs: 700 });
    const running = home.start(['run', '--agent', 'explore', answer]);
    await until(() => running.stdout() !== '', 20_000);
    running.child.stdout.destroy();
    expect((await running.result).code).toBe(0);
    await until(() => home.journal().some(({ path }) => path?.endsWith('/abort') === true));
  });

  it('says so when the daemon is killed in the middle', async () => {
    const home = useCli(cli);
    const running = home.start(['run', '--agent', 'explore', script({ hang: true }), '--json']);
    await startsWorking(home);
    for (const pid of home.daemons()) process.kill(pid, 'SIGKILL');
    const { code, stdout } = await running.result;
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ failure: { code: 'daemon-lost' } });
  });

  it.each([
    ['an empty prompt', '  \n', 'The prompt is empty.'],
    ['a prompt of 10 MB', 'x'.repeat(10 * 1024 * 1024), 'The prompt is larger than'],
  ])('refuses %s without starting anything', async (_, input, sentence) => {
    const home = useCli(cli);
    const { code, stderr } = await home.omcm(['run', '--agent', 'explore', '-'], { input });
    expect(code).toBe(2);
    expect(stderr).toContain(sentence);
    expect(home.daemons()).toEqual([]);
  });

  it('says what to do where OpenCode is missing', async () => {
    const home = useCli(cli, { config: { opencode: { command: 'opencode-is-not-here' } } });
    const { code, stderr } = await home.omcm(['run', '--agent', 'explore', 'hi']);
    expect(code).toBe(1);
    expect(stderr).toContain('npm install -g opencode-ai');
  });
});
