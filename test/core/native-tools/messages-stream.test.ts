import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  encodeEvents,
  type StepPart,
  startMessagesStream,
} from '../../../src/core/native-tools/messages-stream.ts';

const play = (parts: readonly StepPart[], finish = 'stop') => {
  const stream = startMessagesStream({ id: 'msg_1', model: 'claude-sonnet-5-5' });
  return [...stream.begin(), ...parts.flatMap(stream.write), ...stream.end(finish)];
};
const call = (toolCallId: string, input: unknown = {}): StepPart => ({
  type: 'tool-call',
  toolCallId,
  toolName: 'Bash',
  input,
});

describe('the stream of an answer', () => {
  it('is that of Claude, with text, calls, and no usage that could be priced', () => {
    const events = play([
      { type: 'text', text: 'I ' },
      { type: 'text', text: 'look.' },
      call('a', { command: 'ls' }),
    ]);
    expect(events.map(({ type }) => type)).toEqual([
      'message_start',
      'content_block_start',
      'content_block_delta',
      'content_block_delta',
      'content_block_stop',
      'content_block_start',
      'content_block_delta',
      'content_block_stop',
      'message_delta',
      'message_stop',
    ]);
    expect(events[5]).toMatchObject({ index: 1, content_block: { type: 'tool_use', id: 'a', name: 'Bash' } });
    expect(events[6]).toMatchObject({ delta: { partial_json: '{"command":"ls"}' } });
    expect(events[8]).toMatchObject({ delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 0 } });
  });

  it.each([
    ['stop', 'end_turn'],
    ['length', 'max_tokens'],
    ['content-filter', 'refusal'],
    ['tool-calls', 'end_turn'],
    ['other', 'end_turn'],
  ])('that ended by %s stops for %s', (finish, reason) => {
    expect(play([{ type: 'text', text: 'x' }], finish).at(-2)).toMatchObject({
      delta: { stop_reason: reason },
    });
  });

  it('gives a tool nothing where the model gave no object', () => {
    expect(play([call('a', '{"broken')])[2]).toMatchObject({ delta: { partial_json: '{}' } });
  });

  it('opens and closes each block once, in order, and says what the model said', () => {
    const part = fc.oneof(
      fc.string().map((text): StepPart => ({ type: 'text', text })),
      fc.uuid().map((id) => call(id)),
    );
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        let open: unknown = null;
        let next = 0;
        let text = '';
        for (const event of play(parts)) {
          if (event.type === 'content_block_start') {
            expect([open, event.index]).toEqual([null, next]);
            open = event.index;
            next += 1;
          }
          if (event.type === 'content_block_delta') {
            expect(event.index).toBe(open);
            text += (event.delta as { text?: string }).text ?? '';
          }
          if (event.type === 'content_block_stop') {
            expect(event.index).toBe(open);
            open = null;
          }
        }
        expect(open).toBeNull();
        expect(text).toBe(parts.map((one) => (one.type === 'text' ? one.text : '')).join(''));
      }),
    );
  });

  it('is sent as server-sent events', () => {
    expect(encodeEvents({ type: 'message_stop' })).toBe(
      'event: message_stop\ndata: {"type":"message_stop"}\n\n',
    );
  });
});
