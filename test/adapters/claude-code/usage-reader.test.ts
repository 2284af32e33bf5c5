import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUsageReader } from '../../../src/adapters/claude-code/usage-reader.ts';
import { TEST_FOLDER_PREFIX } from '../../support/test-folder-prefix.ts';

const SESSION = '2f2d164b-46e0-4416-9638-af9fe3bc1180';

function useTranscripts() {
  const claudeDir = mkdtempSync(join(tmpdir(), TEST_FOLDER_PREFIX));
  onTestFinished(() => rmSync(claudeDir, { recursive: true, force: true }));
  const project = join(claudeDir, 'projects', '-work-shop');
  mkdirSync(join(project, SESSION, 'subagents'), { recursive: true });
  return {
    claudeDir,
    lead: (text: string) => appendFileSync(join(project, `${SESSION}.jsonl`), text),
    agent: (id: string, text: string) =>
      appendFileSync(join(project, SESSION, 'subagents', `agent-${id}.jsonl`), text),
  };
}

function answer(id: string, [input, output]: readonly [number, number], more: object = {}): string {
  const usage = {
    input_tokens: input,
    output_tokens: output,
    cache_read_input_tokens: 5,
    cache_creation_input_tokens: 3,
    output_tokens_details: { thinking_tokens: 2 },
  };
  const message = { id, model: 'claude-opus-5-5', usage };
  const record = {
    type: 'assistant',
    timestamp: '2026-11-22T10:00:00Z',
    cwd: '/work/shop',
    message,
    ...more,
  };
  return `${JSON.stringify(record)}\n`;
}

describe("Claude's use of tokens", () => {
  it('is read as it grows, each answer once, whatever is half written', async () => {
    const { claudeDir, lead, agent } = useTranscripts();
    const reader = createUsageReader({ claudeDir, sessionId: SESSION });
    const read = async () =>
      (await reader.read()).map(({ messageId, agentId, tokens }) => [
        messageId,
        agentId,
        tokens.input,
        tokens.output,
      ]);
    expect(await read()).toEqual([]);

    lead('{"type":"user","message":{"content":"say \\"usage\\""}}\nnonsense "usage"\n');
    lead(answer('a', [100, 12]) + answer('a', [100, 12]));
    agent('x', answer('b', [7, 9], { agentId: 'x' }));
    expect(await read()).toEqual([
      ['a', null, 100, 10],
      ['b', 'x', 7, 7],
    ]);
    expect(await read()).toEqual([]);

    const next = answer('c', [1, 4]);
    lead(next.slice(0, 60));
    expect(await read()).toEqual([]);
    lead(next.slice(60) + answer('a', [100, 20]));
    expect(await read()).toEqual([
      ['c', null, 1, 2],
      ['a', null, 100, 18],
    ]);
  });

  it('leaves out what we answered in its place, and what is known from before', async () => {
    const { claudeDir, lead, agent } = useTranscripts();
    agent('x', answer('msg_hook_1', [321, 45], { agentId: 'x', answeredWithoutRequest: true }));
    lead(answer('a', [100, 12]) + answer('b', [1, 2]));
    const reader = createUsageReader({ claudeDir, sessionId: SESSION, known: [['a', 120]] });
    expect((await reader.read()).map(({ messageId, tokens }) => ({ messageId, ...tokens }))).toEqual([
      { messageId: 'b', input: 1, output: 0, reasoning: 2, cacheRead: 5, cacheWrite: 3 },
    ]);
  });

  it('looks nowhere else, whatever the session is called', async () => {
    const { claudeDir, lead } = useTranscripts();
    lead(answer('a', [1, 2]));
    const reader = createUsageReader({ claudeDir, sessionId: `../-work-shop/${SESSION}` });
    expect(await reader.read()).toEqual([]);
  });
});
