import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { QUIET_SESSION } from '../../src/protocol/quiet-session.ts';
import type { Status } from '../../src/protocol/status.ts';
import { buildPrograms } from '../daemon/support/build-programs.ts';
import { killDaemons } from '../daemon/support/daemon-processes.ts';
import { until } from '../daemon/support/until.ts';
import { type DaemonHome, type HomeOptions, useDaemonHome } from '../daemon/support/use-daemon-home.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';

const programs = await buildPrograms();

type Said = { readonly exitCode: number | null; readonly stdout: string; readonly stderr: string };

/** As Claude Code runs it: the input on stdin, in the session's folder. */
function runHook(
  program: string,
  home: DaemonHome,
  input: string | Buffer,
  env: Record<string, string> = {},
): Promise<Said> {
  return runProgram([program], home, input, env);
}

function runProgram(
  words: readonly string[],
  home: DaemonHome,
  input: string | Buffer,
  env: Record<string, string>,
): Promise<Said> {
  const child = spawn(process.execPath, words, { env: home.env(env), cwd: home.projectDir });
  // A hook that does not read to the end closes the pipe before everything is written.
  child.stdin.on('error', () => undefined).end(input);
  const [stdout, stderr] = [child.stdout, child.stderr].map((stream) => {
    let text = '';
    stream.setEncoding('utf8').on('data', (piece) => {
      text += piece;
    });
    return () => text;
  });
  return new Promise((resolve) =>
    child.once('close', (exitCode) =>
      resolve({ exitCode, stdout: stdout?.() ?? '', stderr: stderr?.() ?? '' }),
    ),
  );
}

const SILENT: Said = { exitCode: 0, stdout: '', stderr: '' };

const call = (home: DaemonHome, prompt: string, more: object = {}) =>
  JSON.stringify({
    session_id: 's1',
    cwd: home.projectDir,
    permission_mode: 'default',
    hook_event_name: 'PreToolUse',
    tool_name: 'Agent',
    tool_use_id: 'toolu_1',
    tool_input: { subagent_type: 'Explore', prompt, description: 'd' },
    ...more,
  });

/** Where a test is not about its start, the daemon is there: the hook gives it little time, and the machine is busy. */
async function useDaemonAt(options?: HomeOptions): Promise<DaemonHome> {
  const home = useDaemonHome(options);
  await home.ensure(programs);
  return home;
}

const reasonIn = ({ stdout }: Said): string =>
  (JSON.parse(stdout) as { hookSpecificOutput: { permissionDecisionReason: string } }).hookSpecificOutput
    .permissionDecisionReason;

describe('the PreToolUse hook says nothing, and starts nothing, where its input', () => {
  it.each([
    ['is empty', ''],
    ['is not JSON', 'hello'],
    ['is half of a JSON', '{"tool_input": {'],
    ['is a list', '[1,2]'],
    ['is null', 'null'],
    ['holds no call', '{}'],
    ['holds a call without a prompt', '{"tool_input":{"subagent_type":"Explore"}}'],
    ['is binary', Buffer.from([0, 1, 2, 255, 254])],
    ['is larger than anything that it could pass on', Buffer.alloc(17 * 1024 * 1024, '{')],
  ])('%s', async (_how, input) => {
    const home = useDaemonHome();
    expect(await runHook(programs.preToolUse, home, input)).toEqual(SILENT);
    expect(home.daemons()).toEqual([]);
  });
});

describe('the PreToolUse hook', () => {
  it('denies a routed call with the report as its reason', async () => {
    const home = await useDaemonAt();
    const said = await runHook(programs.preToolUse, home, call(home, 'say "it"\n여기'));
    expect(said).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(said.stdout)).toMatchObject({
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny' },
    });
    expect(reasonIn(said)).toMatch(/^This is not an error[\s\S]*echo: say "it"\n여기$/);
  });

  it('starts the daemon where there is none', async () => {
    const home = useDaemonHome();
    expect(await runHook(programs.preToolUse, home, call(home, 'x'))).toMatchObject({ exitCode: 0 });
    await until(() => home.daemons().length === 1);
  });

  it('leaves a session alone that is to stay on Claude', async () => {
    const home = useDaemonHome();
    expect(await runHook(programs.preToolUse, home, call(home, 'x'), { [QUIET_SESSION]: '1' })).toEqual(
      SILENT,
    );
    expect(home.daemons()).toEqual([]);
  });

  it('leaves a call alone that stays on Claude', async () => {
    const home = await useDaemonAt({ config: { mode: 'default' } });
    expect(await runHook(programs.preToolUse, home, call(home, 'x'))).toEqual(SILENT);
  });

  it('tells the user, beside the report, that fallback has begun', async () => {
    const home = await useDaemonAt({ config: { mode: 'default' } });
    await home.call('POST', '/v1/fallback', { set: 'on' });
    const said = JSON.parse((await runHook(programs.preToolUse, home, call(home, 'x'))).stdout);
    expect(said).toMatchObject({
      systemMessage: expect.stringContaining('fallback is on'),
      hookSpecificOutput: { permissionDecision: 'deny' },
    });
  });

  it('cuts a report that Claude Code would not take whole', async () => {
    const home = await useDaemonAt();
    const script = JSON.stringify({ say: ['0123456789'.repeat(20_000)] });
    const reason = reasonIn(await runHook(programs.preToolUse, home, call(home, script)));
    expect(reason.length).toBeLessThan(46_000);
    expect(reason).toContain(home.paths.resultsDir);
  });

  it('leaves a prompt of ten megabytes to Claude, and says why', async () => {
    const home = await useDaemonAt();
    const said = await runHook(programs.preToolUse, home, call(home, 'x'.repeat(10_000_000)));
    expect(said.exitCode).toBe(0);
    expect(JSON.parse(said.stdout)).toEqual({ systemMessage: expect.stringContaining('too-large') });
    expect(home.routingLog()).toMatchObject([{ reason: 'failed-open-too-large', decision: 'native' }]);
    expect((await home.status()).tasks.failedOpen).toBe(1);
  });

  it('leaves the call to Claude within two seconds where no daemon can be started, and writes it down', async () => {
    const home = useDaemonHome();
    mkdirSync(home.paths.stateDir, { recursive: true });
    // Nobody can listen where a folder stands.
    mkdirSync(home.paths.socketPath);
    const startedAt = performance.now();
    const said = await runHook(programs.preToolUse, home, call(home, 'x'));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
    expect(said.exitCode).toBe(0);
    expect(JSON.parse(said.stdout)).toEqual({ systemMessage: expect.stringContaining('daemon-unreachable') });
    expect(home.routingLog()).toMatchObject([{ reason: 'failed-open-daemon-unreachable' }]);
  });

  it('leaves the call to Claude where nothing at all can be written', async () => {
    const home = useDaemonHome();
    writeFileSync(home.paths.stateDir, 'a file in the place of the folder');
    const said = await runHook(programs.preToolUse, home, call(home, 'x'));
    expect(said).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said.stdout).not.toContain('deny');
  });

  it('hands over what there was when the daemon is killed in the middle', async () => {
    const home = await useDaemonAt();
    const script = JSON.stringify({ say: ['long enough. '.repeat(60), 'never'], everyMs: 1_000 });
    const saying = runHook(programs.preToolUse, home, call(home, script));
    await until(() => home.journal().some(({ path }) => path?.endsWith('/prompt_async')));
    await new Promise((resolve) => setTimeout(resolve, 1_400));
    await killDaemons(home.home);
    const said = await saying;
    expect(said.exitCode).toBe(0);
    expect(reasonIn(said)).toMatch(/long enough\.[\s\S]*The daemon was lost: the report is incomplete/);
  });

  it('leaves the call to Claude when the daemon is killed before the first word', async () => {
    const home = await useDaemonAt();
    const saying = runHook(programs.preToolUse, home, call(home, '{"hang":true}'));
    await until(() => home.journal().some(({ path }) => path?.endsWith('/prompt_async')));
    await killDaemons(home.home);
    expect(JSON.parse((await saying).stdout)).toEqual({
      systemMessage: expect.stringContaining('daemon-lost'),
    });
    expect(home.routingLog().map(({ reason }) => reason)).toContain('failed-open-daemon-lost');
  });
});

describe('the SessionStart hook', () => {
  const start = (home: DaemonHome) =>
    JSON.stringify({ session_id: 's1', cwd: home.projectDir, source: 'startup' });

  it('starts the daemon, warms a server, and prints nothing', async () => {
    const home = useDaemonHome();
    const said = await runHook(programs.sessionStart, home, start(home), { CLAUDE_PID: String(process.pid) });
    expect(said).toEqual(SILENT);
    expect((await home.status()).sessions).toBe(1);
    await until(async () => (await home.status()).opencode.servers[0]?.state === 'ready');
  });

  it.each(['', 'not JSON', '[]'])('does as well with the input %j', async (input) => {
    const home = useDaemonHome();
    expect(await runHook(programs.sessionStart, home, input)).toEqual(SILENT);
    expect((await home.call('GET', '/v1/status')).body as Status).toMatchObject({ state: 'serving' });
  });

  it('does not hold up a session where no daemon can be started', async () => {
    const home = useDaemonHome();
    writeFileSync(home.paths.stateDir, 'a file in the place of the folder');
    expect((await runHook(programs.sessionStart, home, start(home))).exitCode).toBe(0);
  });
});

describe('the StopFailure hook', () => {
  const failure = (given: object) =>
    JSON.stringify({ session_id: 's1', hook_event_name: 'StopFailure', error: 'rate_limit', ...given });
  const limit = { last_assistant_message: "You've hit your limit · resets 11pm (UTC)" };
  const isOut = async (home: DaemonHome) => (await home.status()).fallback?.active;

  it('tells the daemon that Claude is out, and prints nothing', async () => {
    const home = await useDaemonAt();
    expect(await runHook(programs.stopFailure, home, failure(limit))).toEqual(SILENT);
    expect(await isOut(home)).toBe(true);
  });

  it.each([
    ['another failure', failure({ ...limit, error: 'server_error' })],
    ['a refusal that names no limit', failure({ last_assistant_message: 'API Error: 429' })],
    ['no message', failure({})],
    ['nothing', ''],
  ])('takes %s for no limit', async (_, input) => {
    const home = await useDaemonAt();
    expect(await runHook(programs.stopFailure, home, input)).toEqual(SILENT);
    expect(await isOut(home)).toBe(false);
  });

  it('starts nothing where no daemon runs', async () => {
    const home = useDaemonHome();
    expect(await runHook(programs.stopFailure, home, failure(limit))).toEqual(SILENT);
    expect(home.daemons()).toEqual([]);
  });
});

describe('the status line', () => {
  const PLAIN = { NO_COLOR: '1' };
  const payload = (percent: number) =>
    JSON.stringify({
      session_id: 's1',
      rate_limits: {
        five_hour: { used_percentage: percent, resets_at: Math.round(Date.now() / 1_000) + 3_600 },
        seven_day: { used_percentage: 17.6, resets_at: Math.round(Date.now() / 1_000) + 360_000 },
      },
    });

  it('passes the reading on, and prints it with what has come of it', async () => {
    const home = await useDaemonAt();
    const first = await runHook(programs.statusLine, home, payload(42), PLAIN);
    expect(first.stdout).toMatch(/5h ▓{3}░{5} 42% \S+ 7d ▓░{7} 17% 4d\d+h/);
    const said = await runHook(programs.statusLine, home, payload(92.5), PLAIN);
    expect(said).toMatchObject({ exitCode: 0, stderr: '' });
    expect(said.stdout).toMatch(/5h ▓{7}░ 92% .* · fallback\n$/);
    expect((await home.status()).fallback).toMatchObject({
      active: true,
      readings: [
        { window: 'fiveHour', percent: 92.5, source: 'status-line' },
        { window: 'weekly', percent: 17.6 },
      ],
    });
  });

  it('leaves what there is to say to a session that can say it', async () => {
    const home = await useDaemonAt();
    await runHook(programs.statusLine, home, payload(92));
    const windows = [{ kind: 'five_hour', percent: 93 }];
    const report = { source: 'mod', sessionId: 's2', windows };
    expect((await home.call('POST', '/v1/quota', report)).body).toMatchObject({
      notices: [expect.stringContaining('92 %'), expect.stringContaining('omcm handoff')],
    });
  });

  it.each(['', 'not JSON', '{}', '{"rate_limits":{"five_hour":null,"seven_day":{"used_percentage":"9"}}}'])(
    'prints its name for the input %j',
    async (input) => {
      const home = useDaemonHome();
      expect(await runHook(programs.statusLine, home, input)).toEqual({ ...SILENT, stdout: 'OMCM\n' });
    },
  );

  it('prints what it knows where no daemon runs, and starts none', async () => {
    const home = useDaemonHome();
    const { stdout } = await runHook(programs.statusLine, home, payload(42), PLAIN);
    expect(stdout).toMatch(/^5h ▓{3}░{5} 42% \S+ 7d ▓░{7} 17% 4d\d+h\n$/);
    expect(home.daemons()).toEqual([]);
  });

  it('shows the last that is known where the daemon has gone or hangs, and says that it is', async () => {
    const home = await useDaemonAt();
    await runHook(programs.statusLine, home, payload(42), PLAIN);
    await until(
      () => existsSync(home.paths.hudFile) && readFileSync(home.paths.hudFile, 'utf8').includes('42'),
    );
    const [pid = process.pid] = home.daemons();
    process.kill(pid, 'SIGSTOP');
    const startedAt = performance.now();
    const hanging = await runHook(programs.statusLine, home, payload(50), PLAIN);
    expect(performance.now() - startedAt).toBeLessThan(3_000);
    // Where Claude Code tells no reading there is nothing to ask: then the age of the file says it.
    const long = new Date(Date.now() - 20_000);
    utimesSync(home.paths.hudFile, long, long);
    const later = await runHook(programs.statusLine, home, '{}', PLAIN);
    process.kill(pid, 'SIGCONT');
    expect(hanging.stdout).toMatch(/ · 5h ▓{4}░{4} 50% .*\(stale\)\n$/);
    expect(later.stdout).toMatch(/ · 5h ▓{3}░{5} 42% .*\(stale\)\n$/);
    await killDaemons(home.home);
    const gone = await runHook(programs.statusLine, home, '{}', { ...PLAIN, LANG: 'en' });
    expect(gone.stdout).toMatch(/ · 5h ▓{3}░{5} 42% .*\(stale\)\n$/);
  });

  it('shows the line of another tool above its own, and its own where that one fails or hangs', async () => {
    const wrap = 'read input; echo "theirs: $input"; echo second';
    const home = await useDaemonAt({ config: { hud: { wrap, preset: 'seed' } } });
    await until(() => existsSync(home.paths.hudFile));
    const input = '{"session_id":"s9"}';
    expect((await runHook(programs.statusLine, home, `${input}\n`, PLAIN)).stdout).toBe(
      `theirs: ${input}\nsecond\nOMCM\n`,
    );
    const alone = useDaemonHome();
    const wrapping = (command: string) =>
      runProgram([programs.statusLine, '--wrap', command], alone, '{}', PLAIN);
    expect((await wrapping('exit 3')).stdout).toBe('OMCM\n');
    expect((await wrapping('sleep 30; echo late')).stdout).toBe('OMCM\n');
  });
});

describe("the mod's helper", () => {
  it.each(['', 'failed-open', 'ensure-daemon', 'nonsense'])(
    'does no harm with the command %j and no input',
    async (command) => {
      const home = useDaemonHome();
      const child = spawn(process.execPath, [programs.report, command], {
        env: home.env(),
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
    },
  );
});

describe('the UserPromptSubmit hook', () => {
  const typed = (prompt: string) => JSON.stringify({ session_id: 's1', cwd: '/project', prompt });
  const modeOf = async (home: DaemonHome) => (await home.call('GET', '/v1/sessions/s1/mode')).body;

  it('starts a mode by its word, tells the user, and the model in few words', async () => {
    const home = await useDaemonAt();
    const said = await runHook(programs.userPromptSubmit, home, typed('hulw refactor X'));
    expect(JSON.parse(said.stdout)).toEqual({
      systemMessage: expect.stringContaining('hulw is on'),
      hookSpecificOutput: {
        hookEventName: 'UserPromptSubmit',
        additionalContext: expect.stringContaining('parallel Agent calls'),
      },
    });
    expect(await modeOf(home)).toMatchObject({ mode: 'hulw' });

    expect((await runHook(programs.userPromptSubmit, home, typed('취소'))).stdout).toContain('hulw is off');
    expect(await modeOf(home)).toMatchObject({ mode: null });
    expect(await runHook(programs.userPromptSubmit, home, typed('취소'))).toEqual(SILENT);
  });

  it('tells once how to hand over, where a prompt is a word of the configuration', async () => {
    const home = await useDaemonAt({ config: { keywords: ['beam me up'] } });
    const said = await runHook(programs.userPromptSubmit, home, typed('Beam me up!'));
    expect(JSON.parse(said.stdout)).toEqual({
      systemMessage: expect.stringContaining('omcm handoff --open'),
      hookSpecificOutput: {
        hookEventName: 'UserPromptSubmit',
        additionalContext: expect.stringContaining('omcm handoff --open'),
      },
    });
    expect(await runHook(programs.userPromptSubmit, home, typed('beam me up'))).toEqual(SILENT);
    expect(readFileSync(join(home.paths.handoffDir, 'words'), 'utf8')).toBe('beam me up\n');
  });

  it.each([
    ['mentions a word', typed('what does hulw do?')],
    ['is a word of a hand-over where no daemon runs', typed('handoff')],
    ['stops where no daemon runs', typed('stop')],
    ['is a notification', typed('<task-notification>stop</task-notification>')],
    ['has no session', JSON.stringify({ prompt: 'hulw go' })],
    ['is no prompt', '{}'],
    ['is not JSON', 'hulw'],
  ])('says nothing and starts nothing where the input %s', async (_what, input) => {
    const home = useDaemonHome();
    expect(await runHook(programs.userPromptSubmit, home, input)).toEqual(SILENT);
    expect(home.daemons()).toEqual([]);
  });
});

describe('the line that hooks.json has for a prompt', () => {
  const hooks = JSON.parse(readFileSync('plugin/hooks/hooks.json', 'utf8')) as {
    hooks: {
      UserPromptSubmit: readonly { hooks: readonly { command: string; args: readonly string[] }[] }[];
    };
  };
  const [line] = hooks.hooks.UserPromptSubmit[0]?.hooks ?? [];

  /** With a program in the hook's place that says what it was given. */
  function submit(prompt: string, env: Record<string, string> = {}): string {
    const root = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
    onTestFinished(() => rmSync(root, { recursive: true, force: true }));
    const program = join(root, 'echo.mjs');
    writeFileSync(program, 'process.stdin.pipe(process.stdout);');
    const args = line?.args.slice(0, 2) ?? [];
    // Not execFileSync: it throws where the line ends without reading its input.
    return spawnSync(line?.command ?? '', [...args, program], {
      input: JSON.stringify({ prompt }),
      env: { PATH: process.env.PATH, ...env },
      encoding: 'utf8',
    }).stdout;
  }

  it.each(['hulw refactor "X" in $HOME\n', 'ULW go', 'AutoPilot build', 'Stop', '취소', '중단해 줘'])(
    'starts Node, with the whole input, for: %s',
    (prompt) => {
      expect(JSON.parse(submit(prompt))).toEqual({ prompt });
    },
  );

  it('starts Node for a word of a hand-over, which the daemon has written down', () => {
    const home = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    mkdirSync(join(home, 'handoff'));
    writeFileSync(join(home, 'handoff', 'words'), 'opencode\n전환\n');
    expect(JSON.parse(submit('OpenCode', { OMCM_HOME: home }))).toEqual({ prompt: 'OpenCode' });
    expect(JSON.parse(submit('전환해 줘', { OMCM_HOME: home }))).toEqual({ prompt: '전환해 줘' });
    expect(submit('refactor X and Y', { OMCM_HOME: home })).toBe('');
  });

  it('starts no Node for any other prompt, nor where the mod is at work', () => {
    expect(submit('refactor X and Y')).toBe('');
    expect(submit('hulw go', { CLAUDE_PID: '42', OMCM_MOD_PID: '42' })).toBe('');
  });
});
