import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { delegateCall, toTaskRequest } from '../../src/hook/delegate-call.ts';
import { TEST_FOLDER_PREFIX } from '../support/test-folder-prefix.ts';

const REQUEST = { agent: 'omc:scout', prompt: 'look', directory: '/project' };
const ROUTED = {
  taskId: 't',
  decision: { route: true, reason: 'r', step: 'mode', target: { model: 'gpt-5.2' } },
};
const outcome = (filesChanged: readonly string[] = []) => ({
  model: 'gpt-5.2',
  provider: 'openai',
  filesChanged,
});
const text = (content: string) => ({ type: 'text', text: content });
const used = { type: 'activity', text: 'edit a.txt' };
const failed = (begun: boolean, files?: readonly string[]) => ({
  type: 'failed',
  failure: { code: 'server-died', message: 'The server died.' },
  begun,
  outcome: outcome(files),
});

/** A daemon that answers in these words. */
async function delegateTo(
  answer: (response: ServerResponse) => void,
  onNotices: (notices: readonly string[]) => void = () => undefined,
): Promise<string | null> {
  const folder = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  const socketPath = join(folder, 's');
  const server = createServer((request, response) => {
    request.resume().once('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  return delegateCall({ socketPath, onNotices }, REQUEST);
}

const lines =
  (...values: readonly unknown[]) =>
  (response: ServerResponse) =>
    void response.end(values.map((value) => `${JSON.stringify(value)}\n`).join(''));

describe('a delegated call', () => {
  it('that ended well is handed over as the report of the subagent, whole, with who answered', async () => {
    const reason = await delegateTo(
      lines(ROUTED, { type: 'activity', text: 'read x' }, text('One.\n'), text('두 번째 🏁'), {
        type: 'finished',
        outcome: outcome(),
      }),
    );
    expect(reason).toMatch(/^This is not an error: the subagent "omc:scout" has done the task.*gpt-5\.2/);
    expect(reason).toContain('Do not start it again.');
    expect(reason?.endsWith('\n\nOne.\n두 번째 🏁')).toBe(true);
  });

  it("that a rule blocks is answered by the rule's message", async () => {
    const block = { rule: 'night', message: 'Not at night.' };
    const reason = await delegateTo(lines({ taskId: 't', decision: { route: false, block } }));
    expect(reason).toMatch(/^The subagent "omc:scout" was not run.*"night" blocks it\.\n.*Not at night\./);
  });

  it('that stays on Claude is nothing', async () => {
    expect(
      await delegateTo(lines({ taskId: 't', decision: { route: false, reason: 'default' } })),
    ).toBeNull();
  });

  it('passes on what the daemon has to say to the user, also for a call that stays on Claude', async () => {
    const told: string[] = [];
    const native = { taskId: 't', decision: { route: false }, notices: ['Claude is back.'] };
    await delegateTo(lines(native), (notices) => void told.push(...notices));
    expect(told).toEqual(['Claude is back.']);
  });

  it('that failed before it had begun is nothing', async () => {
    expect(await delegateTo(lines(ROUTED, failed(false)))).toBeNull();
  });

  it('that failed on its way is handed over as far as it came, with what it had changed', async () => {
    const reason = await delegateTo(lines(ROUTED, text('So far.'), failed(true, ['a.txt', 'b.txt'])));
    expect(reason).toMatch(
      /So far\.\n\n\[The report ends here\. The server died\. It had changed: a\.txt, b\.txt\./,
    );
  });

  it('that only changed files before it failed says so, or it would be done again', async () => {
    expect(await delegateTo(lines(ROUTED, failed(true, ['a.txt'])))).toContain('It had changed: a.txt.');
  });

  it('whose daemon is lost on its way is handed over as far as it came', async () => {
    const reason = await delegateTo((response) => {
      response.write(`${JSON.stringify(ROUTED)}\n${JSON.stringify(text('So far.'))}\n`);
      setTimeout(() => response.destroy(), 50);
    });
    expect(reason).toMatch(/So far\.\n\n\[The daemon was lost: the report is incomplete\.\]$/);
  });

  it('that may write and has used a tool is not done again where the daemon is lost', async () => {
    const writer = { ...ROUTED, decision: { ...ROUTED.decision, writes: true } };
    const reason = await delegateTo((response) => {
      response.write([writer, used].map((line) => `${JSON.stringify(line)}\n`).join(''));
      setTimeout(() => response.destroy(), 50);
    });
    expect(reason).toMatch(
      /^The subagent "omc:scout" was at work.*There is no report\.\nIt may have changed/,
    );
    expect(await delegateTo(lines(writer, used))).toBe(reason);
  });

  it.each([
    [
      'after a tool was used by an agent that only reads',
      `${JSON.stringify(ROUTED)}\n${JSON.stringify(used)}\n`,
    ],
    ['before it had said anything', ''],
    ['after the decision', `${JSON.stringify(ROUTED)}\n`],
  ])('whose daemon is lost %s is told as a failure', async (_when, said) => {
    const delegated = delegateTo((response) => {
      response.write(said);
      setTimeout(() => response.destroy(), 50);
    });
    await expect(delegated).rejects.toThrow();
  });

  it('that the daemon ends without an end is told as a failure', async () => {
    await expect(delegateTo(lines(ROUTED))).rejects.toMatchObject({ code: 'daemon-unreachable' });
  });

  it.each([
    [413, '{"error":{"code":"too-large","message":"Too large."}}', 'too-large'],
    [503, '{"error":{"code":"draining","message":"Leaving."}}', 'draining'],
    [500, 'oops', 'http-500'],
  ])('that the daemon refuses with %i is told with the code', async (status, body, code) => {
    const delegated = delegateTo((response) => void response.writeHead(status).end(body));
    await expect(delegated).rejects.toMatchObject({ code });
  });

  it('that nobody takes is told as a failure', async () => {
    await expect(
      delegateCall({ socketPath: '/nowhere/s', onNotices: () => undefined }, REQUEST),
    ).rejects.toMatchObject({ code: 'daemon-unreachable' });
  });

  it.each(['null', '5', '"text"', '[]', '{}', 'not JSON'])(
    'answered with %s is told as a failure',
    async (said) => {
      await expect(delegateTo((response) => void response.end(`${said}\n`))).rejects.toThrow();
    },
  );
});

describe("Claude Code's words for a call", () => {
  const input = {
    session_id: 's',
    cwd: '/project',
    permission_mode: 'acceptEdits',
    tool_name: 'Task',
    tool_use_id: 'toolu_1',
    tool_input: { subagent_type: 'omc:scout', prompt: 'look', description: 'd' },
  };

  it('are understood', () => {
    expect(toTaskRequest(input)).toEqual({
      agent: 'omc:scout',
      prompt: 'look',
      directory: '/project',
      permissionMode: 'acceptEdits',
      sessionId: 's',
      toolUseId: 'toolu_1',
      toolName: 'Task',
      via: 'hook',
    });
  });

  it('mean a general subagent where they name none', () => {
    expect(toTaskRequest({ ...input, tool_input: { prompt: 'x' } })?.agent).toBe('general-purpose');
  });

  it.each([
    null,
    {},
    { tool_input: null },
    { tool_input: 'text' },
    { tool_input: {} },
    { tool_input: { prompt: 5 } },
    { tool_input: { prompt: 'x', resume: 'agent-1' } },
  ])('are not for us: %j', (other) => {
    expect(toTaskRequest(other)).toBeNull();
  });
});
