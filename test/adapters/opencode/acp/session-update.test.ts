import type { SessionUpdate } from '@agentclientprotocol/sdk';
import { describe, expect, it } from 'vitest';
import {
  NEW_TURN,
  readSessionUpdate,
  type TurnState,
} from '../../../../src/adapters/opencode/acp/session-update.ts';
import type { EngineEvent } from '../../../../src/core/delegation/engine.ts';

const chunk = (messageId: string, text: string): SessionUpdate => ({
  sessionUpdate: 'agent_message_chunk',
  messageId,
  content: { type: 'text', text },
});
const call = (toolCallId: string, title: string, kind: 'read' | 'edit' | 'execute'): SessionUpdate => ({
  sessionUpdate: 'tool_call',
  toolCallId,
  title,
  kind,
  rawInput: {},
});
const update = (toolCallId: string, more: object): SessionUpdate => ({
  sessionUpdate: 'tool_call_update',
  toolCallId,
  ...more,
});

function read(...updates: readonly SessionUpdate[]): { state: TurnState; out: readonly EngineEvent[] } {
  let state = NEW_TURN;
  const out: EngineEvent[] = [];
  for (const one of updates) {
    const reading = readSessionUpdate(state, one);
    state = reading.state;
    out.push(...reading.out);
  }
  return { state, out };
}

describe('the updates of an ACP session', () => {
  it('are text of one step as long as no tool is called', () => {
    expect(read(chunk('m1', 'Hel'), chunk('m1', 'lo'), chunk('m2', '!')).out).toEqual([
      { type: 'text', step: 0, delta: 'Hel' },
      { type: 'text', step: 0, delta: 'lo' },
      { type: 'text', step: 0, delta: '!' },
    ]);
  });

  it('are a new step when a message follows a tool, so that what was said before is no answer', () => {
    const { out, state } = read(
      chunk('m1', 'Let me look.'),
      call('c1', 'read', 'read'),
      update('c1', { status: 'completed', title: 'src/a.ts', rawOutput: { output: 'x' } }),
      chunk('m2', 'Done.'),
    );
    expect(out).toEqual([
      { type: 'text', step: 0, delta: 'Let me look.' },
      { type: 'tool', tool: 'read', title: 'src/a.ts', status: 'completed' },
      { type: 'step-ended', step: 0, finish: 'tool-calls' },
      { type: 'text', step: 1, delta: 'Done.' },
    ]);
    expect(state.isAnswering).toBe(true);
  });

  it('do not end in an answer when a tool was called last', () => {
    expect(read(chunk('m1', 'Let me look.'), call('c1', 'read', 'read')).state.isAnswering).toBe(false);
    expect(read().state.isAnswering).toBe(false);
  });

  it('tell which files were written, and what was refused', () => {
    const { out, state } = read(
      call('c1', 'write', 'edit'),
      update('c1', { status: 'in_progress', title: 'a.txt', rawInput: { filePath: '/p/a.txt' } }),
      update('c1', { status: 'completed', title: 'a.txt', rawOutput: { metadata: {} } }),
      call('c2', 'apply_patch', 'edit'),
      update('c2', {
        status: 'completed',
        rawOutput: { metadata: { files: [{ filePath: '/p/b', movePath: '/p/c' }] } },
      }),
      call('c3', 'touch x', 'execute'),
      update('c3', { status: 'failed', title: 'touch x', rawOutput: { error: 'no shell' } }),
    );
    expect([...state.files]).toEqual(['/p/a.txt', '/p/b', '/p/c']);
    expect(out.filter(({ type }) => type === 'tool')).toMatchObject([
      { tool: 'write', status: 'completed' },
      { tool: 'apply_patch', status: 'completed' },
      { tool: 'bash', title: 'no shell', status: 'error' },
    ]);
  });

  it('count as a sign of life where the provider or its tools speak', () => {
    const isHeard = (one: SessionUpdate) => readSessionUpdate(NEW_TURN, one).isHeard;
    expect(isHeard(chunk('m1', 'x'))).toBe(true);
    expect(isHeard({ sessionUpdate: 'agent_thought_chunk', content: { type: 'text', text: 'hm' } })).toBe(
      true,
    );
    expect(isHeard(call('c1', 'read', 'read'))).toBe(true);
    expect(isHeard({ sessionUpdate: 'available_commands_update', availableCommands: [] })).toBe(false);
    expect(isHeard({ sessionUpdate: 'usage_update', used: 1, size: 2 })).toBe(false);
  });

  it('tell what the session has cost', () => {
    const cost = { amount: 0.25, currency: 'USD' };
    expect(read({ sessionUpdate: 'usage_update', used: 1, size: 2, cost }).state.costUsd).toBe(0.25);
  });
});
