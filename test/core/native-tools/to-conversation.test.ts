import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, Message, MessagesBody } from '../../../src/core/native-tools/messages-body.ts';
import { toConversation } from '../../../src/core/native-tools/to-conversation.ts';

const bodyOf = (messages: readonly Message[], more: Partial<MessagesBody> = {}): MessagesBody => ({
  model: 'claude-sonnet-5-5',
  messages,
  ...more,
});
const turnsOf = (...messages: readonly Message[]) => toConversation(bodyOf(messages), 'GPT-5.2').turns;
const call = (id: string, name = 'Bash'): Block => ({ type: 'tool_use', id, name, input: { command: id } });
const result = (id: string, content: unknown = `out of ${id}`, more: object = {}): Block => ({
  type: 'tool_result',
  tool_use_id: id,
  content,
  ...more,
});
const callPart = (id: string, name = 'Bash') => ({
  type: 'tool-call',
  toolCallId: id,
  toolName: name,
  input: { command: id },
});
const resultPart = (id: string, value: string, type = 'text') => ({
  type: 'tool-result',
  toolCallId: id,
  toolName: 'Bash',
  output: { type, value },
});
const text = (words: string) => ({ type: 'text', text: words });

describe('the system text', () => {
  it('is without what Claude Code tells its vendor, and names the model that answers', () => {
    const system = [
      text('x-anthropic-billing-header: cc_version=2.1'),
      text("You are a Claude agent, built on Anthropic's Claude Agent SDK."),
      text(
        'You explore.\nYou are powered by the model named Sonnet 5.5. The exact model ID is claude-sonnet-5-5.',
      ),
    ];
    expect(toConversation(bodyOf([], { system }), 'GPT-5.2').system).toBe(
      'You explore.\nYou are powered by the model named GPT-5.2.',
    );
  });

  it('signs commits with the name of the model that makes them', () => {
    const system = 'End with:\nCo-Authored-By: Claude Sonnet 5.5 <noreply@anthropic.com>\nThen stop.';
    expect(toConversation(bodyOf([], { system }), 'GPT-5.2').system).toBe(
      'End with:\nCo-Authored-By: GPT-5.2\nThen stop.',
    );
  });
});

describe('the turns', () => {
  it('keep calls in parallel beside their results, in their order, an error among them', () => {
    expect(
      turnsOf(
        { role: 'user', content: 'go' },
        { role: 'assistant', content: [text('Looking.'), call('a'), call('b')] },
        {
          role: 'user',
          content: [result('b', 'no such file', { is_error: true }), result('a'), text('hurry')],
        },
      ),
    ).toEqual([
      { role: 'user', content: [text('go')] },
      { role: 'assistant', content: [text('Looking.'), callPart('a'), callPart('b')] },
      { role: 'tool', content: [resultPart('a', 'out of a'), resultPart('b', 'no such file', 'error-text')] },
      { role: 'user', content: [text('hurry')] },
    ]);
  });

  it('bring results before what the harness says in between', () => {
    expect(
      turnsOf(
        { role: 'assistant', content: [call('a')] },
        { role: 'system', content: 'The date has changed.' },
        { role: 'user', content: [result('a')] },
      ),
    ).toEqual([
      { role: 'assistant', content: [callPart('a')] },
      { role: 'tool', content: [resultPart('a', 'out of a')] },
      { role: 'user', content: [text('<system-reminder>\nThe date has changed.\n</system-reminder>')] },
    ]);
  });

  it('show images and documents right after the results that brought them', () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aW1n' } };
    const pdf = { type: 'document', source: { type: 'base64', media_type: 'application/pdf', data: 'cGRm' } };
    expect(
      turnsOf(
        { role: 'assistant', content: [call('a')] },
        { role: 'user', content: [result('a', [text('seen:'), image, pdf])] },
      ),
    ).toEqual([
      { role: 'assistant', content: [callPart('a')] },
      { role: 'tool', content: [resultPart('a', 'seen:\n[image follows]\n[application/pdf follows]')] },
      {
        role: 'user',
        content: [
          { type: 'image', image: 'aW1n', mediaType: 'image/png' },
          { type: 'file', data: 'cGRm', mediaType: 'application/pdf' },
        ],
      },
    ]);
  });

  it('show what several results brought in the order of their calls', () => {
    const seen = (data: string) => [
      { type: 'image', source: { type: 'base64', media_type: 'image/png', data } },
    ];
    const heard = turnsOf(
      { role: 'assistant', content: [call('a'), call('b')] },
      { role: 'user', content: [result('b', seen('two')), text('which?'), result('a', seen('one'))] },
    ).at(-1);
    expect(heard?.content).toEqual([
      { type: 'image', image: 'one', mediaType: 'image/png' },
      { type: 'image', image: 'two', mediaType: 'image/png' },
      text('which?'),
    ]);
  });

  it('leave out thinking, answer a call that was interrupted, and say what tool is there now', () => {
    expect(
      turnsOf(
        { role: 'assistant', content: [{ type: 'thinking', thinking: 'hm', signature: 's' }, call('a')] },
        { role: 'assistant', content: [call('b', 'ToolSearch')] },
        { role: 'user', content: [result('b', [{ type: 'tool_reference', tool_name: 'mcp__x__ping' }])] },
      ).map(({ content }) => content),
    ).toEqual([
      [callPart('a')],
      [resultPart('a', '[No result: the call was interrupted.]', 'error-text')],
      [callPart('b', 'ToolSearch')],
      [
        {
          ...resultPart('b', '[The tool mcp__x__ping can be called from now on.]'),
          toolName: 'ToolSearch',
        },
      ],
    ]);
  });
});

describe('the tools', () => {
  it('are those with a schema, but for the placeholder of what is not offered yet', () => {
    const tools = [
      { name: 'Bash', description: 'Runs', input_schema: { type: 'object' } },
      { name: 'DeferredToolPlaceholder', input_schema: { type: 'object' } },
      { name: 'web_search', type: 'web_search_20250305' },
    ];
    const read = toConversation(bodyOf([], { tools, tool_choice: { type: 'tool', name: 'Bash' } }), 'x');
    expect(read.tools).toEqual([{ name: 'Bash', description: 'Runs', schema: { type: 'object' } }]);
    expect(read.toolChoice).toEqual({ tool: 'Bash' });
  });
});

describe('any conversation', () => {
  const id = fc.stringMatching(/^[a-z]{1,3}$/);
  const block = fc.oneof(
    fc.string({ minLength: 1 }).map(text),
    id.map((one) => call(one)),
    fc.tuple(id, fc.string()).map(([one, said]) => result(one, said)),
    fc.constant({ type: 'thinking', thinking: 'x' }),
    fc.string().map((data) => ({ type: 'never_heard_of', data })),
  );
  const message: fc.Arbitrary<Message> = fc.record({
    role: fc.constantFrom('user', 'assistant', 'system'),
    content: fc.oneof(fc.string(), fc.array(block, { maxLength: 6 })),
  });

  it('gives every call exactly one result, at once after it', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        const turns = turnsOf(...messages);
        turns.forEach((turn, at) => {
          const calls = turn.role === 'assistant' ? idsOf(turn.content) : [];
          const next = turns[at + 1];
          const answered = next?.role === 'tool' ? idsOf(next.content) : [];
          expect(answered).toEqual(calls);
        });
      }),
    );
  });

  it('says nothing empty', () => {
    fc.assert(
      fc.property(fc.array(message, { maxLength: 12 }), (messages) => {
        for (const { content } of turnsOf(...messages)) expect(content.length).toBeGreaterThan(0);
      }),
    );
  });

  it('loses no word of the user, in their order', () => {
    const words = fc.array(fc.tuple(fc.boolean(), fc.uuid()), { maxLength: 12 });
    fc.assert(
      fc.property(words, (spoken) => {
        const messages = spoken.map(
          ([isCall, word], at): Message =>
            isCall
              ? { role: 'assistant', content: [call(`c${at}`)] }
              : { role: 'user', content: [text(word)] },
        );
        const heard = turnsOf(...messages).flatMap(({ role, content }) =>
          role === 'user' ? content.map((part) => ('text' in part ? part.text : '')) : [],
        );
        expect(heard).toEqual(spoken.flatMap(([isCall, word]) => (isCall ? [] : [word])));
      }),
    );
  });
});

function idsOf(content: readonly object[]): readonly string[] {
  return content.flatMap((part) => ('toolCallId' in part ? [String(part.toolCallId)] : []));
}
